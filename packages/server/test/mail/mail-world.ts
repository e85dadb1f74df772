import { parse, type RequestReceipt, RequestReceiptSchema } from '@porchlight/protocol'
import { sql } from 'kysely'
import type { SmtpServer as MailServer, MailSettings } from '../../src/mail/mail-settings.js'
import type { ServerOptions } from '../../src/server-options.js'
import type { MailJobTable } from '../../src/store/tables.js'
import { type ApiServer, startApiServer } from '../api/api-server.js'
import { type Browser, makeSite, ownerAt, succeed } from '../api/browser.js'
import { newId } from '../api/world.js'
import { createManualClock, type ManualClock } from '../domain/manual-clock.js'
import { type SmtpServer, startSmtpServer } from './smtp-server.js'

/** Where all mail of these worlds comes from, and where the shop hears of requests. */
export const mailFrom = 'chat@porch.example'
export const deskAddress = 'desk@shop.example'

/** A form on its way. */
export interface LeftForm {
  /** Credential of a customer who was here before. */
  readonly token?: string
  readonly fields?: Readonly<Record<string, unknown>>
  readonly [name: string]: unknown
}

/** A server with the site `shop`, a mail server beside it, and a clock that only the test moves. */
export interface MailWorld {
  readonly smtp: SmtpServer
  readonly server: ApiServer
  readonly clock: ManualClock
  /** How the server was told to send mail. */
  readonly mail: MailSettings
  readonly owner: Browser
  /** A customer leaves a request. */
  readonly leave: (form?: LeftForm) => Promise<RequestReceipt>
  /** The owner writes into a conversation. */
  readonly answer: (c: string, text: string) => Promise<void>
  /** The customer of a conversation writes into it. */
  readonly write: (c: string, text: string) => Promise<void>
  readonly jobs: () => Promise<readonly MailJobTable[]>
}

/** Starts a world whose requests are told to {@link deskAddress}. */
export async function startMailWorld({ account, ...options }: Partial<ServerOptions> & Pick<MailServer, 'account'> = {}): Promise<MailWorld> {
  const smtp = await startSmtpServer()
  const clock = createManualClock()
  const mail = { server: { host: '127.0.0.1', port: smtp.port, isSecure: false, account }, from: mailFrom }
  const server = await startApiServer({ clock, mail, ...options })
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  await succeed(owner.call('PATCH', '/api/sites/shop', { body: { name: 'The Shop', mailTo: deskAddress } }))
  return {
    smtp,
    server,
    clock,
    mail,
    owner,
    leave: (form) => leave(server, form),
    answer: async (c, text) => {
      await succeed(owner.call('POST', `/api/sites/shop/conversations/${c}/messages`, { body: { id: newId(), text } }))
    },
    write: (c, text) => write(server, c, text),
    jobs: () => jobsOf(server)
  }
}

async function leave({ url }: ApiServer, { fields, token, ...more }: LeftForm = {}): Promise<RequestReceipt> {
  const answer = await fetch(`${url}/v1/requests?site=shop`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: 'http://localhost:8080',
      'idempotency-key': newId(),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` })
    },
    body: JSON.stringify({
      fields: { name: 'Ann', email: 'ann@customer.example', text: 'Where is parcel 4711?', ...fields },
      shownMs: 9_000,
      ...more
    })
  })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return parse(RequestReceiptSchema, await answer.json())
}

async function write({ parts }: ApiServer, c: string, text: string): Promise<void> {
  const { visitor: id } = await parts.db.query.selectFrom('conversation').select('visitor').where('c', '=', c).executeTakeFirstOrThrow()
  const outcome = await parts.domain.chat.publish(
    'shop',
    { kind: 'visitor', site: 'shop', id, name: 'Ann' },
    { c, id: newId(), k: 'text', body: { text } }
  )
  if (outcome.outcome === 'refused') throw new Error(outcome.code)
}

/** Every mail job of a server, in the order in which they were asked for. */
export async function jobsOf({ parts }: ApiServer): Promise<readonly MailJobTable[]> {
  return parts.db.query.selectFrom('mail_job').selectAll().orderBy(sql`rowid`).execute()
}
