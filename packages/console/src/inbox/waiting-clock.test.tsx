import type { ConversationRow } from '@porchlight/protocol'
import { act, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import { $now, openConsole, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox, aRequest } from '../../test/rows.js'

const server = useFakeServer()
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const startMs = $now.get()
const targets = { firstAnswerTargetMs: 2 * minuteMs, requestTargetMs: 8 * hourMs }
afterEach(() => $now.set(startMs))

/** State of each row of a list for the eye, and what it says of its wait. */
function waitsOf(list: 'Conversations' | 'Requests'): readonly (readonly [string | null, string])[] {
  const rows = within(screen.getByRole('list', { name: list })).queryAllByRole('button')
  return rows.map((row) => [row.getAttribute('data-state'), row.querySelector('[data-part="row-state"]')?.textContent ?? ''] as const)
}

function chat(c: string, waitingSince: number | null, part: Partial<ConversationRow> = {}): ConversationRow {
  return aConversation({ c, visitor: { id: c, name: c }, preview: { text: `text of ${c}`, by: 'visitor', at: startMs }, waitingSince, ...part })
}

/** Everything that a screen reader says by itself. */
const announced = (): string =>
  [...document.querySelectorAll('[aria-live], [role="status"], [role="alert"], [role="log"]')].map((each) => each.textContent).join('|')

async function pass(ms: number): Promise<void> {
  await act(() => $now.set($now.get() + ms))
}

it('each row counts how long its customer waits and is late from the target on, without a reload, a move or a word', async () => {
  server.inbox = anInbox({
    conversations: [chat('c_1', startMs - 30_000), chat('c_2', startMs - 20_000), chat('c_3', null)],
    requests: [aRequest({ createdAt: startMs - 8 * hourMs + 10_000 })],
    targets
  })
  await openConsole(server)
  await waitFor(() => expect(waitsOf('Conversations')).toHaveLength(3))
  const said = announced()
  const calm = ['calm', 'Answered']
  expect(waitsOf('Conversations')).toEqual([['waiting', 'Waiting: under 1 min'], ['waiting', 'Waiting: under 1 min'], calm])
  expect(waitsOf('Requests')).toEqual([['waiting', 'New · Waiting: 7 hrs']])

  await pass(80_000)
  expect(waitsOf('Conversations')).toEqual([['waiting', 'Waiting: 1 min'], ['waiting', 'Waiting: 1 min'], calm])
  expect(waitsOf('Requests')).toEqual([['late', 'New · Late, waiting: 8 hrs']])
  await pass(10_000)
  expect(waitsOf('Conversations')).toEqual([['late', 'Late, waiting: 2 mins'], ['waiting', 'Waiting: 1 min'], calm])
  await pass(10_000)
  expect(waitsOf('Conversations')).toEqual([['late', 'Late, waiting: 2 mins'], ['late', 'Late, waiting: 2 mins'], calm])
  expect(announced()).toBe(said)
})

it('the row of a customer who waits since his request is late when the request is, not after minutes; one that is answered is a chat again', async () => {
  const waitingSince = startMs - hourMs
  const request = aRequest({ c: 'c_1', createdAt: waitingSince })
  const other = aRequest({ id: 'r2', c: 'c_2', createdAt: waitingSince, state: 'answered' })
  server.inbox = anInbox({ conversations: [chat('c_1', waitingSince), chat('c_2', waitingSince)], requests: [request, other], targets })
  await openConsole(server)
  await waitFor(() => expect(waitsOf('Conversations')).toHaveLength(2))
  expect(waitsOf('Conversations')).toEqual([
    ['waiting', 'Waiting: 1 hr'],
    ['late', 'Late, waiting: 1 hr']
  ])
  await pass(7 * hourMs)
  expect(waitsOf('Conversations')[0]).toEqual(['late', 'Late, waiting: 8 hrs'])
})

it('a request counts down to when it is due, whatever the site means by now, and is late from then on', async () => {
  const due = startMs + 2 * hourMs
  server.inbox = anInbox({ requests: [aRequest({ createdAt: startMs - 9 * hourMs, due })], targets })
  await openConsole(server)
  await waitFor(() => expect(waitsOf('Requests')).toEqual([['waiting', 'New · due in 2 hrs']]))
  await pass(2 * hourMs - 1)
  expect(waitsOf('Requests')).toEqual([['waiting', 'New · due in under 1 min']])
  await pass(1)
  expect(waitsOf('Requests')).toEqual([['late', 'New · late by under 1 min']])
  await pass(10 * minuteMs)
  expect(waitsOf('Requests')).toEqual([['late', 'New · late by 10 mins']])
})
