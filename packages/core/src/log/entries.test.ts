import { describe, expect, it } from 'vitest'
import type { HistoryPage, Message, Session } from '../adapter.js'
import { memoryEnv } from '../env/memory-env.js'
import { createEntries } from './entries.js'

const message: Message = { c: 'c', id: 'a', cursor: '1', order: 1, at: 0, by: { role: 'visitor', id: 'v' }, k: 'text', body: {} }

describe('entries', () => {
  it('start over once, when the answer to an older question says it again', async () => {
    const env = memoryEnv()
    const answers: ((page: HistoryPage) => void)[] = []
    const history: Session['history'] = () => new Promise((resolve) => void answers.push(resolve))
    const session = { order: 'dense', history } as unknown as Session
    const lost: (readonly Message[])[] = []
    const entries = createEntries({
      c: 'c',
      from: undefined,
      env,
      session: () => session,
      show: () => undefined,
      onStartOver: (messages) => void lost.push(messages),
      onFault: () => undefined
    })
    entries.restore('e1', [message])
    entries.begin()
    const log = { c: 'c', epoch: 'e2', head: 1, reset: true }
    entries.stated(log)
    entries.arrived(message, 'e2')
    answers[0]?.({ messages: [], more: false, log })
    await env.advance(10)
    expect(lost).toEqual([[message]])
    expect(entries.messages()).toEqual([message])
  })
})
