import type { AvailabilityState } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.js'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { makeOlder } from '../domain/make-older.js'
import { createManualClock, type ManualClock } from '../domain/manual-clock.js'
import { connect, follow, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { startWorld, type World } from '../domain/world.js'

interface Chat {
  readonly world: World
  readonly clock: ManualClock
  readonly visitor: Welcomed
  readonly ann: Welcomed
  readonly c: string
  readonly close: () => Promise<void>
  readonly operator: (id: string, isAvailable?: boolean) => Promise<Welcomed>
  /** Whom the row and the newest `assigned` since the last end name. */
  readonly assignee: () => Promise<{ readonly row: string | null; readonly log: string | null }>
}

const subject = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'agent' } as const

/** A chat that Ann has answered, on a server with room for `capacity` chats each. */
async function startChat(capacity = 5): Promise<Chat> {
  const clock = createManualClock()
  const world = await startWorld({ clock, capacity })
  const operator = async (id: string, isAvailable = true): Promise<Welcomed> => {
    const client = await connect(world, { ticket: await world.ticketFor(id) })
    await world.domain.presence.setAvailable(id, isAvailable)
    await clock.advance(0)
    return client
  }
  const ann = await operator('ann')
  const visitor = await connect(world)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await say(ann, { c, n: 1, text: 'Good evening' })
  return {
    world,
    clock,
    visitor,
    ann,
    c,
    operator,
    close: async () => {
      await world.domain.chat.setConversationState('shop', subject, { c, state: 'closed' })
      await clock.advance(0)
    },
    assignee: async () => {
      const row = (await world.domain.chat.inbox('shop')).conversations.find((each) => each.c === c)
      const { events } = await follow(visitor, c)
      // As clients read a log: the end of a conversation is the end of somebody answering it.
      const named = events.filter(({ k, data }) => k === 'assigned' || (k === 'status' && data?.['status'] === 'closed')).at(-1)
      return { row: row?.assignee?.id ?? null, log: (named?.data?.['operator'] as { readonly id: string } | null | undefined)?.id ?? null }
    }
  }
}

it('a closed conversation is nobody’s', async () => {
  const { assignee, close } = await startChat()
  expect(await assignee()).toEqual({ row: 'ann', log: 'ann' })
  await close()
  expect(await assignee()).toEqual({ row: null, log: null })
})

it('whoever writes into a closed chat is given to the operator he had, and the log says so again', async () => {
  const { visitor, c, close, operator, assignee } = await startChat()
  await operator('abe')
  await close()
  // Abe has as few chats as Ann, and stands before her by his id.
  await say(visitor, { c, n: 2, text: 'One more thing' })
  expect(await assignee()).toEqual({ row: 'ann', log: 'ann' })
  const { events } = await follow(visitor, c)
  expect(events.map(({ k }) => k)).toEqual(['text', 'assigned', 'text', 'status', 'status', 'text', 'assigned'])
})

it('a chat that is opened again goes to a colleague when the operator it had wants none', async () => {
  const { world, visitor, c, close, operator, assignee } = await startChat()
  await operator('bob')
  await close()
  await world.domain.presence.setAvailable('ann', false)
  await say(visitor, { c, n: 2, text: 'One more thing' })
  expect(await assignee()).toEqual({ row: 'bob', log: 'bob' })
})

it('a chat that is opened again goes to a colleague when the operator it had has no room', async () => {
  const { world, visitor, c, close, operator, assignee } = await startChat(1)
  await close()
  const other = await connect(world)
  await say(other, { c: await openConversation(other), n: 1, text: 'Me first' })
  await operator('bob')
  await say(visitor, { c, n: 2, text: 'One more thing' })
  expect(await assignee()).toEqual({ row: 'bob', log: 'bob' })
})

it('whoever answers in a closed chat has it', async () => {
  const { ann, visitor, c, close, assignee } = await startChat()
  await close()
  await say(ann, { c, n: 2, text: 'It left today' })
  expect(await assignee()).toEqual({ row: 'ann', log: 'ann' })
  const { events } = await follow(visitor, c)
  expect(events.map(({ k }) => k)).toEqual(['text', 'assigned', 'text', 'status', 'status', 'assigned', 'text'])
})

it('with Available off a chat that was opened again goes on for its customer alone, and its end is told to him at once', async () => {
  const { world, clock, visitor, c, close } = await startChat()
  const idle = await connect(world)
  await close()
  await say(visitor, { c, n: 2, text: 'One more thing' })
  await world.domain.presence.setAvailable('ann', false)
  await clock.advance(2_000)
  const told = ({ welcome }: Welcomed): AvailabilityState => world.domain.availability.forVisitor('shop', welcome.you.id).state
  expect([told(visitor), told(idle)]).toEqual(['online', 'away'])
  await idle.next('avail', ({ state }) => state === 'away')

  await close()
  expect([told(visitor), told(idle)]).toEqual(['away', 'away'])
  await visitor.next('avail', ({ state }) => state === 'away')
})

it('a database of before takes closed conversations from those who had them', async () => {
  const { world, c, close } = await startChat()
  await close()
  await world.domain.presence.setAvailable('ann', false)
  await changeOnDisk(world.path, async ({ tx }) => {
    await tx.updateTable('conversation').set({ assignee: 'ann' }).where('c', '=', c).execute()
    await makeOlder(tx, '001-first')
  })
  await world.close()
  const db = await openDatabase(world.path)
  expect(await db.query.selectFrom('conversation').select('assignee').execute()).toEqual([{ assignee: null }])
  await db.close()
})
