import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import type { HistoryFact, HistoryRecorder } from '@porchlight/adapters/testing'
import { type Connection, createConnection } from '@porchlight/core'
import { type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import type { TcpProxy } from '../harness/tcp-proxy.js'
import { type OwnerSession, signIn } from './owner-session.js'
import { createPageNetwork, type PageNetwork } from './page-network.js'
import type { SteadyClock } from './steady-clock.js'

/** What an operator works with. */
export interface DeskOptions {
  readonly name: string
  readonly site: string
  readonly account: { readonly email: string; readonly password: string }
  /** The server's own port, and the operator's way to it. */
  readonly port: number
  readonly proxy: TcpProxy
  readonly clock: SteadyClock
  readonly history: HistoryRecorder
}

/** An operator at his console, and everything that he does written down. */
export interface Desk {
  readonly name: string
  readonly proxy: TcpProxy
  /** Opens the console in a page. */
  readonly open: () => void
  /** Closes the page in good order. */
  readonly close: () => void
  /** The browser dies: the machine ends what it held. */
  readonly kill: () => void
  /** Whoever uses the computer again is seen by the page. */
  readonly wake: () => void
  /** From now on nothing passes on the connection that stands. */
  readonly broken: () => void
  readonly setAvailable: (isAvailable: boolean) => Promise<void>
  readonly signOut: () => Promise<void>
  readonly signIn: () => Promise<void>
  /** Writes to a customer, if a page is open. */
  readonly say: (c: string, text: string) => void
  /** Whose doing it was that his presence ended at that time, by the server's word: an older connection's, if his newest stood since before. */
  readonly olderGeneration: (endedAt: number) => number | undefined
}

/** Signs an operator in; his console is not open yet. */
export async function openDesk({ name, site, account, port, proxy, clock, history }: DeskOptions): Promise<Desk> {
  const record = (fact: HistoryFact) => history.record(name, fact)
  let session: OwnerSession = await signIn(`http://127.0.0.1:${port}`, account)
  let isAvailable = false
  let page: { readonly env: MemoryEnv; readonly network: PageNetwork; readonly connection: Connection } | undefined
  let generation = 0
  /** Since when the newest connection stands, as far as anybody can know: the server has greeted it, and nothing has struck it since. */
  let standsSince: number | undefined
  record({ type: 'joined', role: 'operator', device: name })
  listenForLife(proxy, () => record({ type: 'alive', operator: name }))

  const broken = () => {
    if (standsSince === undefined) return
    standsSince = undefined
    record({ type: 'linked', isUp: false })
  }
  const stands = () => {
    standsSince = clock.now()
    record({ type: 'welcomed', client: name, generation: ++generation })
    record({ type: 'linked', isUp: true })
  }
  /** What he does himself is no change of his link. */
  const act = () => record({ type: 'intent', operator: name, isAvailable })
  const end = () => {
    broken()
    page?.connection.destroy()
    page?.env.kill()
    page = undefined
  }

  return {
    name,
    proxy,
    open: () => {
      end()
      const env = memoryEnv({ clock })
      const network = createPageNetwork({ origin: `http://127.0.0.1:${proxy.port}`, speed: clock.speed })
      const credential = () => session.ticketFor(site)()
      const adapter = porchlightAdapter({ server: `http://127.0.0.1:${proxy.port}`, site, ...network, credential })
      const connection = createConnection({ adapter, env })
      let isOpen = false
      connection.$connection.listen(({ state }) => {
        const wasOpen = isOpen
        isOpen = state === 'open'
        if (!isOpen) broken()
        // One that is looked at after a silence says that it is open, and may be dead.
        else if (!wasOpen) stands()
      })
      connection.connect()
      page = { env, network, connection }
    },
    close: end,
    kill: () => {
      broken()
      page?.network.kill()
      end()
    },
    wake: () => page?.env.setVisible(true),
    broken,
    setAvailable: async (next) => {
      isAvailable = next
      act()
      await session.call('PUT', '/api/me/presence', { available: next })
    },
    signOut: async () => {
      act()
      // The server ends the connection before it answers, and that is his own doing.
      broken()
      await session.call('DELETE', '/api/session')
      end()
    },
    signIn: async () => {
      act()
      session = await signIn(`http://127.0.0.1:${port}`, account)
    },
    say: (c, text) => void page?.connection.log(c).publish('text', { text }),
    // The server holds a connection's lease before it greets it. So what ends after the greeting is not what its absence has ended.
    olderGeneration: (endedAt) => (generation > 1 && standsSince !== undefined && standsSince < endedAt ? generation - 1 : undefined)
  }
}

/** Whatever reaches the server of an operator is a sign of life. */
function listenForLife(proxy: TcpProxy, onLife: () => void): void {
  void proxy.sent().then(() => {
    onLife()
    listenForLife(proxy, onLife)
  })
}
