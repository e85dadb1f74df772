import type { HistoryBubble, HistoryRecorder } from '@porchlight/adapters/testing'
import { type Chat, type ChatAdapter, type ChatMessage, createChat } from '@porchlight/core'
import type { MemoryEnv } from '@porchlight/core/testing'
import type { PageNetwork } from './page-network.js'

/** What a customer's pages are made of. */
export interface CustomerOptions {
  readonly name: string
  readonly history: Pick<HistoryRecorder, 'record'>
  /** The first page's environment. */
  readonly env: MemoryEnv
  /** A new page's way out, and its adapter. */
  readonly network: () => PageNetwork
  readonly adapter: (network: PageNetwork) => ChatAdapter
}

/** A page with the chat, and everything it shows written down. */
export interface CustomerPage {
  readonly party: string
  readonly chat: Chat
  readonly env: MemoryEnv
  readonly network: PageNetwork
  /** Hands a text over, as somebody who presses send. */
  readonly say: (text: string) => Promise<void>
  /** The page dies without a word. */
  readonly kill: () => void
}

/** Somebody with a browser: its pages share a disk. */
export interface Customer {
  readonly name: string
  readonly pages: () => readonly CustomerPage[]
  /** The page dies, and the next one in its tab begins. */
  readonly reload: (page: CustomerPage) => Promise<void>
  readonly openTab: () => Promise<void>
  readonly close: () => void
}

/** Opens a customer's first page. */
export async function openCustomer(options: CustomerOptions): Promise<Customer> {
  const pages = new Set<CustomerPage>()
  let count = 0
  const open = async (env: MemoryEnv) => {
    const page = openPage(options, `${options.name}/${++count}`, env)
    pages.add(page)
    await page.chat.open()
  }
  const end = (page: CustomerPage) => {
    page.kill()
    pages.delete(page)
  }
  await open(options.env)
  return {
    name: options.name,
    pages: () => [...pages],
    reload: async (page) => {
      end(page)
      await open(page.env.reload())
    },
    openTab: () => open(options.env.newTab()),
    close: () => {
      for (const page of pages) {
        page.chat.destroy()
        page.network.kill()
      }
    }
  }
}

function openPage({ name, history, network: makeNetwork, adapter }: CustomerOptions, party: string, env: MemoryEnv): CustomerPage {
  const network = makeNetwork()
  const chat = createChat({ adapter: adapter(network), env })
  history.record(party, { type: 'joined', role: 'customer', device: name })
  const stop = recordView(history, party, chat)
  return {
    party,
    chat,
    env,
    network,
    say: async (key) => {
      history.record(party, { type: 'composed', key })
      const id = await chat.send(key)
      history.record(party, { type: 'accepted', key, id })
    },
    kill: () => {
      stop()
      history.record(party, { type: 'gone' })
      env.kill()
      network.kill()
      // A machine frees what a dead page held; here its session would wait half a minute for a sign of life. Nobody hears of this.
      chat.close()
    }
  }
}

/** Writes down all that a chat shows, whenever it changes, and what is new in it. */
function recordView(history: Pick<HistoryRecorder, 'record'>, party: string, chat: Chat): () => void {
  let shown: string | undefined
  const known = new Set<string>()
  return chat.$messages.subscribe((messages) => {
    const c = chat.$conversation.get()?.c ?? messages[0]?.c
    if (c === undefined) return
    for (const message of messages) {
      if (known.has(message.id) || !isStored(message)) continue
      known.add(message.id)
      history.record(party, { type: message.own ? 'acked' : 'heard', c, seq: message.order, id: message.id })
    }
    if (shown !== undefined && shown !== c) history.record(party, { type: 'left', c: shown })
    shown = c
    history.record(party, { type: 'view', c, bubbles: messages.map(bubbleOf) })
  })
}

const isStored = ({ state }: ChatMessage): boolean => state !== 'pending' && state !== 'failed'

function bubbleOf(message: ChatMessage): HistoryBubble {
  const { id, order, state, body, k } = message
  return { id, seq: isStored(message) ? order : null, state, ...(k === 'text' ? { key: String(body['text']) } : {}) }
}
