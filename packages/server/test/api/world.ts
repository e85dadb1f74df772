import { parse, type RequestReceipt, RequestReceiptSchema, type Role, uuidv7 } from '@porchlight/protocol'
import * as v from 'valibot'
import type { ServerOptions } from '../../src/server-options.js'
import { type ApiServer, startApiServer } from './api-server.js'
import { type Browser, hire, makeSite, ownerAt, staffPassword, succeed } from './browser.js'

export const roles: readonly Role[] = ['owner', 'admin', 'agent', 'viewer']

/** A site with an operator of each role and a customer who left a request; and a second site with people of its own. */
export interface World {
  readonly server: ApiServer
  readonly staff: Readonly<Record<Role, Browser>>
  /** Owns the other site, and has no role on the first. */
  readonly stranger: Browser
  readonly own: SiteThings
  readonly foreign: SiteThings
  /** A new operator of the first site; resolves to his id. */
  readonly recruit: (role: Role) => Promise<string>
}

export interface SiteThings {
  readonly site: string
  readonly request: string
  readonly conversation: string
  /** An agent. */
  readonly operator: string
}

export function newId(): string {
  return uuidv7(Date.now(), (bytes) => crypto.getRandomValues(bytes))
}

export async function startWorld(options: Partial<ServerOptions> = {}): Promise<World> {
  const server = await startApiServer(options)
  const owner = await ownerAt(server)
  await makeSite(owner, 'alpha')
  await makeSite(owner, 'beta')
  const staff = {
    owner: await hire(server, owner, { site: 'alpha', role: 'owner' }),
    admin: await hire(server, owner, { site: 'alpha', role: 'admin' }),
    agent: await hire(server, owner, { site: 'alpha', role: 'agent' }),
    viewer: await hire(server, owner, { site: 'alpha', role: 'viewer' })
  }
  const stranger = await hire(server, owner, { site: 'beta', role: 'owner' })
  const foreignAgent = await hire(server, owner, { site: 'beta', role: 'agent' })
  let recruits = 0

  async function recruit(role: Role): Promise<string> {
    const body = { email: `recruit${recruits++}@alpha.example`, name: 'Recruit', role, password: staffPassword }
    return idOf(await succeed(staff.owner.call('POST', '/api/sites/alpha/operators', { body })))
  }

  return {
    server,
    staff,
    stranger,
    recruit,
    own: await thingsOf(server, { site: 'alpha', agent: staff.agent }),
    foreign: await thingsOf(server, { site: 'beta', agent: foreignAgent })
  }
}

async function thingsOf(server: ApiServer, { site, agent }: { site: string; agent: Browser }): Promise<SiteThings> {
  const { id, c } = await leaveRequest(server, site, `Where is my parcel, ${site}?`)
  return { site, request: id, conversation: c, operator: idOf(await succeed(agent.call('GET', '/api/session'))) }
}

/** A customer leaves a request, from a page on this machine. */
export async function leaveRequest(server: ApiServer, site: string, text: string): Promise<RequestReceipt> {
  const answer = await fetch(`${server.url}/v1/requests?site=${site}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:8080', 'idempotency-key': newId() },
    body: JSON.stringify({ fields: { name: 'Carl', email: 'carl@customer.example', text }, shownMs: 9_000 })
  })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return parse(RequestReceiptSchema, await answer.json())
}

export function idOf(body: unknown): string {
  return v.parse(v.object({ id: v.string() }), body).id
}

/** Everything that an operator could change, as text. */
export async function stateOf({ server }: Pick<World, 'server'>): Promise<string> {
  const { query } = server.parts.db
  return JSON.stringify([
    await query.selectFrom('site').selectAll().orderBy('id').execute(),
    await query.selectFrom('operator').selectAll().orderBy('id').execute(),
    await query.selectFrom('membership').selectAll().orderBy('site').orderBy('operator').execute(),
    await query.selectFrom('ticket').selectAll().orderBy('hash').execute(),
    await query.selectFrom('operator_session').select(['hash', 'operator']).orderBy('hash').execute(),
    await query.selectFrom('conversation').selectAll().orderBy('c').execute(),
    await query.selectFrom('request').selectAll().orderBy('id').execute(),
    await query.selectFrom('event').selectAll().orderBy('c').orderBy('seq').execute()
  ])
}
