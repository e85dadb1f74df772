import type { RandomBytes } from '@porchlight/protocol'

/** How safe what is kept on this device is: through a restart of the browser, through a reload of this tab, or not at all. */
export type Durability = 'persistent' | 'limited' | 'memory'

/** Named JSON values in a place that answers later. A place that is denied or full falls back to a weaker one; nothing is thrown. */
export interface KeyValue {
  /** The value, or undefined. */
  readonly read: (key: string) => Promise<unknown>
  /**
   * Replaces a value by what `change` makes of it, in one step that no other tab comes between; undefined removes it. `change`
   * must be pure and must not throw: it may run twice. Resolves to the new value once it is kept as safely as this device can.
   */
  readonly update: (key: string, change: (value: unknown) => unknown) => Promise<unknown>
}

/** The same, answering at once: for what must survive a page that dies within milliseconds. */
export interface SyncKeyValue {
  readonly read: (key: string) => unknown
  /** Resolves nothing and throws nothing: answers whether the value is kept. Undefined removes it. */
  readonly write: (key: string, value: unknown) => boolean
}

/** What is kept on this device under one name. */
export interface DeviceStorage {
  /** Outbox, drafts, last events. */
  readonly large: KeyValue
  /** Credential and flags; shared by tabs. Never text. */
  readonly small: SyncKeyValue
  /** Copy of the draft and of just-sent items; this tab only. */
  readonly tab: SyncKeyValue
  readonly durability: () => Durability
  /**
   * Tries to move what had to be kept in a weaker place back to the stronger one, and resolves when that is done or in vain; nothing is lost
   * or thrown by it. Absent where there is nothing weaker, or no way back.
   */
  readonly recover?: (() => Promise<void>) | undefined
  /** Forgets everything under the name. */
  readonly clear: () => Promise<void>
}

/** Words between the living pages of one browser that opened the same name. */
export interface PageChannel {
  /** Tells every other page something that can be cloned. Nobody may be there, or hear it. */
  readonly tell: (word: unknown) => void
  readonly close: () => void
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
  /** Opens the storage of that name. Nothing is touched before the first read or write. */
  readonly storage: (name: string) => DeviceStorage
  readonly isOnline: () => boolean
  readonly isVisible: () => boolean
  /** The page became visible, came back from the cache, or the network returned. Returns its stop. */
  readonly onWake: (callback: () => void) => () => void
  /** The page is hidden, or about to go (`leaving`). Returns its stop. */
  readonly onHide: (callback: (leaving: boolean) => void) => () => void
  /** The device lost its network. Returns its stop. */
  readonly onOffline: (callback: () => void) => () => void
  /** A finger is what points: such a device saves its battery sooner. Default: no. */
  readonly isTouch?: (() => boolean) | undefined
  /** Opens a channel to the other pages of this browser. Absent where there is none: then what other pages did is never certain. */
  readonly channel?: ((name: string, onWord: (word: unknown) => void) => PageChannel) | undefined
  /**
   * The lock of that name, which one page of this browser has at a time: resolves to what gives it back, or after `waitMs` without it to
   * undefined. Nothing may depend on it for being right, only for being cheap. Absent where there is none.
   */
  readonly lock?: ((name: string, waitMs: number) => Promise<(() => void) | undefined>) | undefined
  /** Address without query and fragment, title and language of the page; undefined outside a page. */
  readonly page: () => { readonly url: string; readonly title: string; readonly language?: string } | undefined
}
