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
  /** Whether a fall of his presence now has nothing to do with him: his newest connection lives, and was never away for long. */
  readonly olderGeneration: () => number | undefined
}

/** An outage shorter than this is seen by nobody. */
const blinkMs = 8_000

/** Signs an operator in; his console is not open yet. */
export async function openDesk({ name, site, account, port, proxy, clock, history }: DeskOptions): Promise<Desk> {
  const record = (fact: HistoryFact) => history.record(name, fact)
  let session: OwnerSession = await signIn(`http://127.0.0.1:${port}`, account)
  let isAvailable = false
  let page: { readonly env: MemoryEnv; readonly network: PageNetwork; readonly connection: Connection } | undefined
  let generation = 0
  let downAt: number | undefined = clock.now()
  /** Since when nothing of his was away for long. */
  let wholeSince = 0
  record({ type: 'joined', role: 'operator', device: name })
  listenForLife(proxy, () => record({ type: 'alive', operator: name }))

  const broken = () => {
    if (downAt !== undefined) return
    downAt = clock.now()
    record({ type: 'linked', isUp: false })
  }
  const stands = () => {
    if (downAt === undefined) return
    if (clock.now() - downAt >= blinkMs) wholeSince = clock.now()
    downAt = undefined
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
      connection.$connection.listen(({ state }) => (state === 'open' ? stands() : broken()))
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
    olderGeneration: () => (downAt === undefined && generation > 1 && clock.now() - wholeSince > blinkMs ? generation - 1 : undefined)
  }
}

/** Whatever reaches the server of an operator is a sign of life. */
function listenForLife(proxy: TcpProxy, onLife: () => void): void {
  void proxy.sent().then(() => {
    onLife()
    listenForLife(proxy, onLife)
  })
}
