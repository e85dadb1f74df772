import type { ConversationRow } from '@porchlight/protocol'
import { act, screen, waitFor, within } from '@testing-library/preact'
import { expect, it, vi } from 'vitest'
import { $now, openConsole, openRow, pass, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox, aRequest } from '../../test/rows.js'

const server = useFakeServer()
const minuteMs = 60_000

function rowsOf(list: 'Conversations' | 'Requests'): string[] {
  return within(screen.getByRole('list', { name: list }))
    .queryAllByRole('listitem')
    .map((item) => item.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '')
}

/** A row changes on the server. */
function change(scene: Scene, k: 'conversation.changed' | 'request.changed', body: object): void {
  const log = scene.connection.log('inbox:shop')
  const order = (log.$messages.get().at(-1)?.order ?? 0) + 1
  log.arrive({ c: 'inbox:shop', id: `e${order}`, cursor: '', order, at: 1, by: { role: 'system', id: 's' }, k, body: { ...body } })
}

function named(c: string, name: string, part: Partial<ConversationRow> = {}): ConversationRow {
  return aConversation({ c, visitor: { id: c, name }, preview: { text: `text of ${name}`, by: 'visitor', at: 1_000 }, ...part })
}

async function shown(scene: Promise<Scene>): Promise<Scene> {
  const result = await scene
  await waitFor(() => expect(result.connection.logs.has('inbox:shop')).toBe(true))
  return result
}

it('shows both lists, each row with its newest text, its wait and its state in words', async () => {
  const now = $now.get()
  server.inbox = anInbox({
    conversations: [
      named('c_1', 'Ann', { waitingSince: now - 5 * minuteMs }),
      named('c_2', 'Bo', { waitingSince: null, preview: { text: 'On its way', by: 'agent', at: now }, assignee: { id: 'o_2', name: 'Ben' } }),
      named('c_3', '', { waitingSince: null, state: 'closed', visitor: { id: 'v_x9k2', name: '' } })
    ],
    requests: [
      aRequest({ createdAt: now - 3 * 60 * minuteMs }),
      aRequest({ id: 'r2', spam: true, createdAt: now, fields: { email: 'x@y.zz', text: 'Buy' } })
    ]
  })
  await shown(openConsole(server))
  await waitFor(() => expect(rowsOf('Conversations')).toHaveLength(3))
  const [ann, bo, nameless] = rowsOf('Conversations')
  expect(ann).toMatch(/^Ann .*text of Ann.*1 unread message.*Late, waiting: 5 mins/)
  expect(bo).toMatch(/^Bo .*Reply: On its way.*Answered.*With: Ben/)
  expect(nameless).toMatch(/^Visitor X9K2 .*Closed/)
  expect(rowsOf('Requests')[0]).toMatch(/^Bea .*Can I change the size\?.*Unread.*New · Waiting: 3 hrs.*7K3M-9QXD/)
  expect(rowsOf('Requests')[1]).toMatch(/^x@y.zz .*Buy.*Probably spam/)
})

it('shows a new conversation and a new request without a reload', async () => {
  const scene = await shown(openConsole(server))
  expect(rowsOf('Conversations')).toEqual([])
  await act(() => change(scene, 'conversation.changed', named('c_1', 'Ann')))
  await act(() => change(scene, 'request.changed', aRequest()))
  expect(rowsOf('Conversations')[0]).toContain('text of Ann')
  expect(rowsOf('Requests')[0]).toContain('Can I change the size?')
})

it('leaves out a conversation that holds only a request', async () => {
  server.inbox = anInbox({ conversations: [named('c_1', 'Ann', { chat: false })] })
  await shown(openConsole(server))
  await screen.findByText(/No conversations yet/)
})

const turnOn = (): HTMLElement | null => screen.queryByText('Turn on “Available” to take chats.')
const taken = { waitingSince: null, assignee: { id: 'o_2', name: 'Ben' } }

it.each<[string, readonly ConversationRow[], boolean]>([
  ['no chat ever came', [], true],
  ['a customer waits', [named('c_1', 'Ann', taken), named('c_2', 'Bo')], true],
  ['nobody has ever taken a chat', [named('c_1', 'Ann', { waitingSince: null })], true],
  ['chats were taken and nobody waits', [named('c_1', 'Ann', taken)], false]
])('while off and %s: whether it is said what to do', async (_, conversations, isSaid) => {
  server.inbox = anInbox({ conversations })
  await shown(openConsole(server))
  await waitFor(() => expect(turnOn() !== null).toBe(isSaid))
})

it('what to do is said no longer once the operator is Available', async () => {
  const { user } = await shown(openConsole(server))
  await waitFor(() => expect(turnOn()).toBeTruthy())
  await user.click(screen.getByRole('switch', { name: 'Available' }))
  expect(turnOn()).toBe(null)
})

it('counts unread messages in the title, one by one', async () => {
  server.inbox = anInbox({ conversations: [named('c_1', 'Ann', { head: 1, read: 1, waitingSince: null })] })
  const scene = await shown(openConsole(server))
  await waitFor(() => expect(document.title).toBe('The shop – Porchlight'))
  await act(() => change(scene, 'conversation.changed', named('c_1', 'Ann', { head: 2, read: 1, preview: { text: 'one', by: 'visitor', at: 2 } })))
  await act(() => change(scene, 'conversation.changed', named('c_1', 'Ann', { head: 4, read: 1, preview: { text: 'two', by: 'visitor', at: 3 } })))
  await waitFor(() => expect(document.title).toBe('(2) The shop – Porchlight'))
  await act(() => change(scene, 'request.changed', aRequest()))
  await waitFor(() => expect(document.title).toBe('(3) The shop – Porchlight'))
})

it('holds new rows back while the keyboard is in the list, and lets them in on request', async () => {
  server.inbox = anInbox({ conversations: [named('c_1', 'Ann', { waitingSince: 50 }), named('c_2', 'Bo', { waitingSince: 60 })] })
  const scene = await shown(openConsole(server))
  const first = (await screen.findAllByRole('button', { name: /text of Ann/ }))[0] as HTMLElement
  await act(() => first.focus())
  await act(() => change(scene, 'conversation.changed', named('c_3', 'Cyd', { waitingSince: 10 })))
  await act(() => change(scene, 'conversation.changed', named('c_2', 'Bo', { waitingSince: 5 })))
  expect(rowsOf('Conversations').map((row) => row.slice(0, 3))).toEqual(['Ann', 'Bo '])
  expect(document.activeElement).toBe(first)
  await scene.user.click(screen.getByRole('button', { name: '1 new' }))
  expect(rowsOf('Conversations').map((row) => row.slice(0, 3))).toEqual(['Bo ', 'Cyd', 'Ann'])
  expect(document.activeElement?.textContent).toContain('Cyd')
})

it('keeps places under a pointer and puts new rows below, until the pointer leaves', async () => {
  server.inbox = anInbox({ conversations: [named('c_1', 'Ann', { waitingSince: 50 })] })
  const scene = await shown(openConsole(server))
  await screen.findByText('text of Ann')
  const heading = screen.getByRole('heading', { name: 'Conversations' })
  await scene.user.point(heading)
  await act(() => change(scene, 'conversation.changed', named('c_2', 'Bo', { waitingSince: 10 })))
  expect(rowsOf('Conversations').map((row) => row.slice(0, 3))).toEqual(['Ann', 'Bo '])
  await scene.user.point(document.body)
  await waitFor(() => expect(rowsOf('Conversations').map((row) => row.slice(0, 3))).toEqual(['Bo ', 'Ann']))
})

it('is one tab stop, moved by arrows, Home and End', async () => {
  server.inbox = anInbox({
    conversations: [named('c_1', 'Ann', { waitingSince: 1 }), named('c_2', 'Bo', { waitingSince: 2 }), named('c_3', 'Cyd', { waitingSince: 3 })]
  })
  const { user } = await shown(openConsole(server))
  await screen.findByText('text of Ann')
  const list = screen.getByRole('list', { name: 'Conversations' })
  const stops = () =>
    within(list)
      .getAllByRole('button')
      .filter(({ tabIndex }) => tabIndex === 0)
  await act(() => stops()[0]?.focus())
  const names: (string | undefined)[] = []
  for (const key of ['{ArrowDown}', '{ArrowDown}', '{ArrowDown}', '{ArrowUp}', '{End}', '{Home}']) {
    await user.keyboard(key)
    names.push(document.activeElement?.textContent?.slice(0, 3))
    expect(stops()).toEqual([document.activeElement])
  }
  expect(names).toEqual(['Bo ', 'Cyd', 'Cyd', 'Bo ', 'Cyd', 'Ann'])
})

it('speaks of new conversations that came together in one sentence', async () => {
  const scene = await shown(openConsole(server))
  await waitFor(() => expect(scene.desk.$workspace.get()?.inbox.$state.get()).toBe('ready'))
  vi.useFakeTimers()
  await act(() => change(scene, 'conversation.changed', named('c_1', 'Ann')))
  await act(() => change(scene, 'conversation.changed', named('c_2', 'Bo')))
  await act(() => change(scene, 'conversation.changed', named('c_1', 'Ann', { head: 2 })))
  await pass(1_500)
  expect(screen.getByRole('status').textContent).toBe('2 new conversations')
  vi.useRealTimers()
})

it('speaks once of customers who write in conversations that are not open, and not of operators', async () => {
  server.inbox = anInbox({ conversations: [named('c_1', 'Ann'), named('c_2', 'Bo'), named('c_3', 'Cyd')] })
  const scene = await shown(openConsole(server))
  await openRow(scene, /text of Ann/)
  vi.useFakeTimers()
  const wrote = (c: string, name: string, at: number, by: 'visitor' | 'agent') =>
    act(() => change(scene, 'conversation.changed', named(c, name, { head: at, preview: { text: `${at}`, by, at } })))
  await wrote('c_1', 'Ann', 2_000, 'visitor')
  await wrote('c_2', 'Bo', 2_000, 'visitor')
  await wrote('c_2', 'Bo', 3_000, 'visitor')
  await wrote('c_3', 'Cyd', 3_000, 'agent')
  await pass(1_500)
  expect(screen.getByRole('status').textContent).toBe('New messages in 1 other conversation')
  vi.useRealTimers()
})

it('moves no focus when rows arrive', async () => {
  const scene = await shown(openConsole(server))
  const focused: EventTarget[] = []
  document.addEventListener('focusin', ({ target }) => target && focused.push(target))
  for (const c of ['c_1', 'c_2', 'c_3']) await act(() => change(scene, 'conversation.changed', named(c, c)))
  expect(focused).toEqual([])
})
