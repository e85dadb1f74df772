import { type ClientFrame, clientFrameSchemas, type Role } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { mayOnSite, policy } from '../../src/auth/policy.js'
import type { OperatorSubject } from '../../src/chat/subject.js'
import { frameActions } from '../../src/wire/frame-actions.js'
import { handleFrame, type SpokenFrame } from '../../src/wire/frame-handlers.js'
import type { Speaker } from '../../src/wire/speaker.js'
import { newMessageId } from '../domain/new-ids.js'
import { sampleFrames } from '../domain/sample-frames.js'
import { connect, follow, isAllAnswered, openConversation, openSocket, say, type WireClient } from '../domain/wire-client.js'
import { ownOrigin, startBusyWorld, type World } from '../domain/world.js'

const types = Object.keys(clientFrameSchemas) as ClientFrame['t'][]
const roles: readonly Role[] = ['owner', 'admin', 'agent', 'viewer']
const logs = ['conversation', 'inbox'] as const

function actionsOf(frame: ClientFrame): readonly (keyof typeof policy)[] {
  return (frameActions[frame.t] as (frame: ClientFrame, site: string) => readonly (keyof typeof policy)[])(frame, 'shop')
}

/** What a frame has done, by the time that everything before a later ping is answered. */
interface Deed {
  readonly operator: WireClient
  readonly visitor: WireClient
  readonly world: World
  readonly c: string
  readonly isOpen: boolean
}

/** Whether a frame did what it is for. */
const isDone: { readonly [T in ClientFrame['t']]: (deed: Deed) => boolean | Promise<boolean> } = {
  hello: ({ operator }) => operator.frames.some(({ t }) => t === 'welcome'),
  open: ({ operator }) => operator.frames.some(({ t }) => t === 'ack'),
  pub: ({ operator }) => operator.frames.some(({ t }) => t === 'ack'),
  fetch: ({ operator }) => operator.frames.some((frame) => frame.t === 'page' && frame.rid === 'r'),
  cur: async ({ world, c }) => {
    const { query } = world.db
    return (await query.selectFrom('cursor').selectAll().where('c', '=', c).where('participant', '=', 'ann').execute()).length > 0
  },
  typing: async ({ visitor, c }) => {
    await follow(visitor, c)
    return visitor.frames.some(({ t }) => t === 'typing')
  },
  ping: ({ operator }) => operator.frames.some((frame) => frame.t === 'pong' && frame.echo === 1),
  pong: ({ isOpen }) => isOpen,
  auth: ({ operator }) => operator.frames.some(({ t }) => t === 'authok'),
  bye: ({ isOpen, operator }) => !isOpen && operator.frames.every(({ t }) => t !== 'err')
}

async function deedOf(t: ClientFrame['t'], role: Role, log: (typeof logs)[number]): Promise<Deed & { readonly frame: ClientFrame }> {
  const world = await startBusyWorld()
  const visitor = await connect(world)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'hello' })
  const frame = sampleFrames[t](log === 'inbox' ? 'inbox:shop' : c)
  const ticket = await world.ticketFor('ann', { role })
  const operator = await openSocket(world, { origin: ownOrigin })
  if (frame.t === 'hello') operator.send({ ...frame, ticket })
  else {
    operator.send({ t: 'hello', v: [1, 1], device: operator.device, ticket })
    await operator.next('welcome')
    if (t === 'typing') await follow(operator, c)
    operator.send(frame)
  }
  const isOpen = await isAllAnswered(world, operator)
  return { operator, visitor, world, c, isOpen, frame }
}

describe('every frame', () => {
  it('asks for actions of the policy about a site', () => {
    expect(Object.keys(frameActions).sort()).toEqual([...types].sort())
    for (const t of types) {
      const actions = logs.flatMap((log) => actionsOf(sampleFrames[t](log === 'inbox' ? 'inbox:shop' : 'c_x')))
      expect(actions.length, t).toBeGreaterThan(0)
      for (const action of actions) expect(policy[action]?.scope, `${t} ${action}`).toBe('site')
    }
  })

  it('that reads the inbox asks for that, and one that reads a conversation for that', () => {
    expect(logs.map((log) => actionsOf(sampleFrames.fetch(log === 'inbox' ? 'inbox:shop' : 'c_x')))).toEqual([['conversation.read'], ['inbox.read']])
    expect(actionsOf(sampleFrames.hello('inbox:shop'))).toEqual(['socket.open', 'inbox.read'])
    expect(actionsOf(sampleFrames.hello('inbox:other'))).toEqual(['socket.open', 'conversation.read'])
  })

  const cases = types.flatMap((t) => roles.map((role) => [t, role] as const))
  it.each(cases)('%s by an operator who is %s does what the policy says', async (t, role) => {
    const deed = await deedOf(t, role, 'conversation')
    const isAllowed = actionsOf(deed.frame).every((action) => mayOnSite(role, action))
    expect(await isDone[t](deed)).toBe(isAllowed)
    if (!isAllowed && (t === 'pub' || t === 'open')) expect(await deed.operator.next('nack')).toMatchObject({ code: 'forbidden' })
    if (!isAllowed && t === 'auth') expect(await deed.operator.next('err')).toMatchObject({ code: 'forbidden' })
  })

  it.each(roles)('that reads the inbox does so for an operator who is %s', async (role) => {
    const deed = await deedOf('fetch', role, 'inbox')
    expect(await isDone.fetch(deed)).toBe(mayOnSite(role, 'inbox.read'))
  })

  it('of a role that the policy does not know is refused before anything is looked up', async () => {
    const subject: OperatorSubject = { kind: 'operator', site: 'shop', id: 'ann', name: 'Ann', role: 'guest' as Role }
    for (const t of types.filter((type): type is SpokenFrame['t'] => type !== 'hello')) {
      const said: unknown[] = []
      const speaker = { subject, answer: (frame: unknown) => said.push(frame) } as unknown as Speaker
      await handleFrame(speaker, sampleFrames[t]('inbox:shop')).catch((error: unknown) => said.push(error))
      // A fault of a handler that was reached for all that would be among what is said.
      expect([t, said]).toEqual([t, t === 'cur' || t === 'typing' ? [] : [expect.objectContaining({ code: 'forbidden' })]])
    }
  })

  it('says hello to nobody whose role the policy does not know', async () => {
    const world = await startBusyWorld()
    const operator = await openSocket(world, { origin: ownOrigin })
    operator.send({ t: 'hello', v: [1, 1], device: operator.device, ticket: await world.ticketFor('ann', { role: 'guest' as Role }) })
    expect(await operator.next('err')).toMatchObject({ code: 'forbidden' })
    expect(operator.frames.some(({ t }) => t === 'welcome')).toBe(false)
  })

  it('of a visitor is judged by whose thing it is about alone', async () => {
    const world = await startBusyWorld()
    const visitor = await connect(world)
    const c = await openConversation(visitor)
    await say(visitor, { c, n: 1, text: 'hello', id: newMessageId() })
    visitor.send(sampleFrames.fetch('inbox:shop'))
    expect(await visitor.next('err')).toMatchObject({ code: 'conversation_gone' })
  })
})
