import { join } from 'node:path'
import type { ChatAdapter } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { type Customer, type CustomerPage, openCustomer } from '../faults/customer.js'
import type { FastClock } from '../faults/fast-clock.js'
import type { PageNetwork } from '../faults/page-network.js'
import { type FileHistory, fileHistory } from './file-history.js'

/** What a visit is made of. */
export interface VisitOptions {
  /** One word, with which each text of the visit begins. */
  readonly name: string
  /** Where its history is written. */
  readonly folder: string
  readonly clock: FastClock
  readonly network: () => PageNetwork
  readonly adapter: (network: PageNetwork) => ChatAdapter
}

/** One customer with a browser of his own, from the first text to the last. */
export interface Visit {
  readonly name: string
  /** Of him, and of whoever answers him. */
  readonly history: FileHistory
  readonly customer: Customer
  readonly say: (page: CustomerPage) => void
  /** His conversation, once the server has given it. */
  readonly conversation: () => string | undefined
  /** Nothing that any of his pages shows is still on its way. */
  readonly isQuiet: () => boolean
  /** The newest message that each of his pages holds. */
  readonly heads: () => readonly number[]
}

/** Somebody comes, and opens the chat. */
export async function beginVisit({ name, folder, clock, network, adapter }: VisitOptions): Promise<Visit> {
  const history = fileHistory(join(folder, `${name}.jsonl`), clock.now)
  const customer = await openCustomer({ name, history, env: memoryEnv({ clock }), network, adapter })
  const messages = () => customer.pages().map(({ chat }) => chat.$messages.get())
  let count = 0
  let conversation: string | undefined
  return {
    name,
    history,
    customer,
    say: (page) => void page.say(`${name} ${++count}`),
    conversation: () => {
      const now = customer.pages().map(({ chat }) => chat.$conversation.get()?.c)
      conversation ??= now.find((c) => c?.startsWith('c_'))
      return conversation
    },
    isQuiet: () => messages().every((all) => all.every(({ state }) => state !== 'pending')),
    heads: () => messages().map((all) => Math.max(0, ...all.filter(({ state }) => state !== 'failed').map(({ order }) => order)))
  }
}
