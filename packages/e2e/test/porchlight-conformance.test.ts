import { type AdapterHarness, type Runner, testAdapter } from '@porchlight/adapters/testing'
import type { SessionEvent } from '@porchlight/core'
import type { Participant } from '@porchlight/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTcpProxy } from '../harness/tcp-proxy.js'
import { type PorchlightWorld, startPorchlightWorld } from './porchlight-world.js'

let world: PorchlightWorld
let count = 0

beforeAll(async () => {
  world = await startPorchlightWorld()
})
afterAll(() => world.stop(), 30_000)

/** A site of its own, its operator at the console, and a way to the server that can be cut. */
async function harness(isHttpOnly: boolean): Promise<AdapterHarness> {
  const site = `site-${++count}`
  await world.makeSite(site)
  await world.change(`/api/sites/${site}`, { departments: [{ id: 'empty', name: 'Empty', operators: [] }] })
  await world.setAvailable(false)
  const console = await world.console(site)
  const proxy = await openTcpProxy(world.port)
  const numbers = new Map<string, number>()
  /** Reads a conversation and follows it, as whoever has it on the screen. */
  const look = async (c: string) => (await console.session.history({ c, limit: 200, subscribe: true })).messages

  return {
    createAdapter: () => world.visitor(site, { port: proxy.port, isHttpOnly }),
    emptyDepartment: 'empty',
    operator: {
      reply: async (c, text) => {
        const n = (numbers.get(c) ?? 0) + 1
        numbers.set(c, n)
        await look(c)
        await console.say(c, n, text)
      },
      texts: async (c) => (await look(c)).flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : [])),
      available: world.setAvailable,
      typing: async (c, on) => {
        await look(c)
        console.session.typing?.(c, on)
      },
      read: async (c) => {
        const head = (await look(c)).length
        console.session.receipt?.(c, { delivered: head, read: head })
      },
      typists: async (c) => typistsIn(console.events, c),
      seen: async (c) =>
        Math.max(0, ...console.events.map((event) => (event.type === 'receipt' && event.c === c && isVisitor(event) ? event.read : 0)))
    },
    cut: proxy.cut,
    restore: proxy.restore,
    stop: async () => {
      console.leave()
      proxy.close()
    }
  }
}

function isVisitor({ by }: { readonly by: Participant }): boolean {
  return by.role === 'visitor'
}

function typistsIn(events: readonly SessionEvent[], c: string): readonly string[] {
  const typing = events.flatMap((event) => (event.type === 'typing' && event.c === c ? [event] : []))
  return [...new Map(typing.map(({ by, on }) => [by.id, on]))].flatMap(([id, on]) => (on ? [id] : []))
}

/** Titles of what was skipped, each with its reason. */
const skipped: string[] = []
const runner: Runner = {
  describe,
  it: (title, body) =>
    it(title, (context) =>
      body({
        skip: (reason) => {
          skipped.push(`${title}: ${reason}`)
          context.skip(reason)
        }
      })
    )
}

testAdapter(runner, 'porchlight over a WebSocket', () => harness(false))
testAdapter(runner, 'porchlight over HTTP', () => harness(true))

it('skips only what this wire does without: it tells who is home by itself, and a message sent again needs no looking for', () => {
  expect([...new Set(skipped)]).toEqual([
    'a message whose outcome is unknown is found when it was stored, and only then: needs reconcile',
    'who is home is answered when it is asked: needs availability',
    'a text whose outcome is unknown is looked for before it is sent again, and stored once: needs reconcile'
  ])
})
