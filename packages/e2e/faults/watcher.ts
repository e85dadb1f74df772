import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import type { HistoryRecorder } from '@porchlight/adapters/testing'
import { type Chat, createChat } from '@porchlight/core'
import { type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import type { Availability } from '@porchlight/protocol'
import type { TcpProxy } from '../harness/tcp-proxy.js'
import { hearing } from './hearing.js'
import { createPageNetwork, type PageNetwork } from './page-network.js'
import type { SteadyClock } from './steady-clock.js'

/** What a customer who watches the light is made of. */
export interface WatcherOptions {
  readonly name: string
  readonly site: string
  readonly proxy: TcpProxy
  readonly clock: SteadyClock
  readonly history: HistoryRecorder
}

/** A customer with the chat open, who is told who is home. */
export interface Watcher {
  readonly name: string
  readonly proxy: TcpProxy
  readonly c: () => string | undefined
  readonly say: (text: string) => void
  /** Writes down what he sees now, unless his connection is gone and he was told nothing. */
  readonly look: () => void
  readonly reload: () => void
  /** From now on nothing passes on the connection that stands. */
  readonly broken: () => void
  readonly wake: () => void
  readonly close: () => void
}

/** Opens a customer's page. */
export function openWatcher({ name, site, proxy, clock, history }: WatcherOptions): Watcher {
  let page: { readonly env: MemoryEnv; readonly network: PageNetwork; readonly chat: Chat }
  let c: string | undefined
  /** What the connection that stands has told. */
  let told: Availability | undefined

  const open = (env: MemoryEnv) => {
    const network = createPageNetwork({ origin: 'http://localhost:8080', speed: clock.speed })
    const plain = porchlightAdapter({ server: `http://127.0.0.1:${proxy.port}`, site, ...network })
    const adapter = hearing(plain, (event) => {
      if (event.type !== 'availability') return
      told = event.availability
      note(told)
    })
    const chat = createChat({ adapter, env })
    chat.$connection.listen(({ state }) => {
      if (state !== 'open') told = undefined
    })
    void chat.open()
    page = { env, network, chat }
  }
  const note = ({ state, rev }: Availability) => history.record(name, { type: 'availability', state, rev })
  const end = () => {
    told = undefined
    page.env.kill()
    page.network.kill()
  }

  open(memoryEnv({ clock }))
  return {
    name,
    proxy,
    c: () => {
      // A page that is loading does not know it yet.
      c = page.chat.$conversation.get()?.c ?? c
      return c
    },
    say: (text) => void page.chat.send(text),
    look: () => told && note(told),
    reload: () => {
      end()
      open(page.env.reload())
    },
    broken: () => {
      told = undefined
    },
    wake: () => page.env.setVisible(true),
    close: () => {
      page.chat.destroy()
      end()
    }
  }
}
