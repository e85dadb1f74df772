import type { RandomBytes } from '@porchlight/protocol'

/** A named place for JSON values that may be denied, cleared or full at any time; a failed write is reported, not thrown. */
export interface KeyValue {
  readonly read: (key: string) => Promise<unknown>
  /** Resolves to whether the value is kept. */
  readonly write: (key: string, value: unknown) => Promise<boolean>
  readonly remove: (key: string) => Promise<void>
}

/** The same, answering at once: for what must survive a page that dies within milliseconds. */
export interface SyncKeyValue {
  readonly read: (key: string) => unknown
  readonly write: (key: string, value: unknown) => boolean
  readonly remove: (key: string) => void
}

/** Everything the core takes from the world. Tests hand in another one. */
export interface Env {
  /** Milliseconds since 1970. For display only; never for order. */
  readonly now: () => number
  /** Milliseconds that never go back. */
  readonly monotonic: () => number
  readonly random: RandomBytes
  /** Calls back once after `delayMs`; returns its stop. */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  readonly storage: {
    /** Outbox, drafts, last events. */
    readonly large: KeyValue
    /** Token and flags; shared by tabs. Never text. */
    readonly small: SyncKeyValue
    /** Copy of the draft and of just-sent items; this tab only. */
    readonly tab: SyncKeyValue
    readonly durability: () => 'persistent' | 'limited' | 'memory'
  }
  readonly isOnline: () => boolean
  readonly isVisible: () => boolean
  /** The page became visible, came back from the cache, or the network returned. Returns its stop. */
  readonly onWake: (callback: () => void) => () => void
  /** The page is hidden, or about to go (`leaving`). Returns its stop. */
  readonly onHide: (callback: (leaving: boolean) => void) => () => void
  /** Address without query and fragment, title and language of the page; undefined outside a page. */
  readonly page: () => { readonly url: string; readonly title: string } | undefined
}
