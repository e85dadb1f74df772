import { createHistory, type HistoryRecorder } from '@porchlight/adapters/testing'
import type { Message } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { afterAll, beforeAll } from 'vitest'
import { type Customer, type CustomerPage, openCustomer } from '../faults/customer.js'
import { createPageNetwork } from '../faults/page-network.js'
import { readLog } from '../faults/rows.js'
import { type SteadyClock, steadyClock } from '../faults/steady-clock.js'
import { openTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js'
import { type PorchlightWorld, startPorchlightWorld } from './porchlight-world.js'

/** A customer behind a way that can be broken, and an operator who writes to him. */
export interface Visit {
  readonly proxy: TcpProxy
  readonly history: HistoryRecorder
  readonly customer: Customer
  /** His first page. */
  readonly page: CustomerPage
  /** The conversation, once he has one. */
  readonly c: () => string
  /** Writes as the operator, by a way of his own. */
  readonly answer: (text: string) => Promise<Message>
  /** What the server holds, in its order. */
  readonly stored: () => Promise<readonly Message[]>
  /** Texts that the first page shows, in order. */
  readonly shown: () => readonly string[]
}

/** A server whose clock, and that of its customers, runs ahead, and stands while the machine is busy. */
export interface Ways {
  readonly clock: SteadyClock
  readonly world: PorchlightWorld
  readonly visit: (name: string) => Promise<Visit>
}

export const textsOf = (messages: readonly { readonly k: string; readonly body: Readonly<Record<string, unknown>> }[]): readonly string[] =>
  messages.flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))

/** How fast time passes for the tests of a file. */
export interface WaysOptions {
  /** How often a second of the server's fits into one of the machine's. Default 20: half a minute is a second and a half. */
  readonly speed?: number
  /** The same for pages. Default: they share the server's clock. */
  readonly pageSpeed?: number
}

/** One server for the tests of a file. */
export function useWays({ speed = 20, pageSpeed }: WaysOptions = {}): Ways {
  const clock = steadyClock(speed)
  const ofPages = pageSpeed === undefined ? clock : steadyClock(pageSpeed)
  const ends: (() => void)[] = []
  let world: PorchlightWorld | undefined

  beforeAll(async () => {
    world = await startPorchlightWorld({ clock })
    await world.setAvailable(true)
  })
  afterAll(async () => {
    for (const end of ends.reverse()) end()
    await world?.stop()
    clock.stop()
    ofPages.stop()
  }, 30_000)

  const ways: Ways = {
    clock,
    get world() {
      if (!world) throw new Error('the server is started in beforeAll')
      return world
    },
    async visit(name) {
      const { world } = ways
      await world.makeSite(name)
      const operator = await world.console(name)
      const proxy = await openTcpProxy(world.port)
      const history = createHistory(clock.now)
      const customer = await openCustomer({
        name,
        history,
        env: memoryEnv({ clock: ofPages }),
        network: () => createPageNetwork({ origin: 'http://localhost:8080', speed: ofPages.speed }),
        adapter: (network) => world.visitor(name, { port: proxy.port, network })
      })
      ends.push(proxy.close, customer.close, operator.leave)
      const page = customer.pages()[0] as CustomerPage
      const c = () => page.chat.$conversation.get()?.c ?? ''
      let said = 0
      return {
        ...{ proxy, history, customer, page, c },
        answer: (text) => operator.say(c(), ++said, text),
        stored: () => readLog(operator, c()),
        shown: () => textsOf(page.chat.$messages.get())
      }
    }
  }
  return ways
}
