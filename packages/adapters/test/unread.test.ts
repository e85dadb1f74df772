import { createChat } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { expect, it } from 'vitest'
import { openWireSession } from '../src/porchlight/wire-session.js'
import { anEvent, aWelcome, fakeWire } from './fake-wire.js'

const address = { server: 'https://chat.example.com', site: 'shop', fetch }
const summary = (epoch: string) => ({ c: 'c_1', epoch, head: 2, state: 'open' as const, department: null, updatedAt: 5 })
const logOf = (epoch: string) => ({
  ...{ c: 'c_1', epoch, head: 2, lastN: 0, more: false },
  events: [1, 2].map((seq) => {
    const { t: _, ...event } = anEvent(seq, { epoch })
    return event
  }),
  cursors: [{ by: { role: 'visitor' as const, id: 'v_ann' }, delivered: 2, read: 2 }]
})

it('what was read stays read when the server comes back from a copy', async () => {
  const wires: ReturnType<typeof fakeWire>[] = []
  const env = memoryEnv()
  const chat = createChat({
    env,
    adapter: {
      name: 'porchlight',
      scope: 'shop',
      connect: (context) => {
        const wire = fakeWire()
        wires.push(wire)
        return openWireSession({ address, openWire: wire.open, context, credential: {}, onWelcome: () => undefined, onEnd: () => undefined })
      }
    }
  })
  void chat.open()
  await env.advance(10)
  wires[0]?.say(aWelcome({ conversations: [summary('e1')] }))
  await env.advance(10)
  const asked = wires[0]?.sent.find((frame) => frame['t'] === 'fetch')
  wires[0]?.say({ t: 'page', rid: asked?.['rid'], ...logOf('e1') })
  await env.advance(10)
  expect([chat.$messages.get().length, chat.$unread.get()]).toEqual([2, 0])

  const counts: number[] = []
  wires[0]?.end({ code: 'network', message: 'gone' })
  await env.advance(1_000)
  chat.$unread.subscribe((count) => counts.push(count))
  wires[1]?.say(aWelcome({ conversations: [summary('e2')], subs: [{ ...logOf('e2'), reset: true }] }))
  await env.advance(10)
  expect(chat.$connection.get().state).toBe('open')
  expect(chat.$messages.get()).toHaveLength(2)
  expect(counts.every((count) => count === 0)).toBe(true)
  chat.destroy()
})
