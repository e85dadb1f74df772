/** One row of a log as the backend holds it. */
export interface HistoryRow {
  readonly seq: number
  readonly id: string
  /** The author's participant id. */
  readonly by: string
  /** The text, or a digest of it; unique to one act of composing. */
  readonly key?: string | undefined
}

/** One bubble of a view. */
export interface HistoryBubble {
  readonly id: string
  /** Null: on its way. */
  readonly seq: number | null
  readonly key?: string | undefined
  /** How far it came; `failed` is shown with a reason. */
  readonly state?: 'pending' | 'sent' | 'delivered' | 'read' | 'failed' | 'received' | undefined
}

/** Where a typed text was found. */
export type HistoryPlace = 'input' | 'draft' | 'outbox' | 'server'

/**
 * What a party did, saw or held. Entries of one party are in the order in which they happened; those of different parties in the
 * order in which one recorder heard of them.
 *
 * The run itself: `joined` introduces a party, `gone` ends it without a word; `linked` is its connection, `fault` whatever was
 * done to it, `restored` a backend that came back from an older copy, `settled` the moment by which everything must be in order.
 *
 * Messages: `composed` when an author hands a text over, `accepted` when the outbox has it (of another `device` than its page's
 * where that one's storage did not take it), `dropped` when the author gave it up,
 * `failed` when it was refused for good and the reason is shown; `stored` when it is committed (and again under a new epoch, for what
 * a restored log still has), `acked` when its author is told,
 * `heard` when anybody receives it; `view` is all that a party shows (of a log that it has not
 * `left`), `rows` all that the backend holds. `places` is where a typed text is.
 *
 * Readers: `cursor` is what a party reports of itself, `receipt` what it is told of another. Requests: `requested`, `referenced` when the
 * reference is shown, `requests` all that the backend holds.
 *
 * Who is home: `alive` is an operator's sign of life, `intent` his switch, `room` his capacity, `serves` his running chat with a party;
 * `hours` are the site's; `presence` is what a party is told of an operator (`decidedAt`: when the backend said so, on the recorder's clock; news
 * may come late), `availability` what it is told of the site.
 *
 * Connections: `attempt` when a client begins one, `ended` when an attempt or a session of it ended, and how long it was asked to stay away;
 * `woken` when somebody looks at it, or its network is back: the next attempt is his wish.
 *
 * The rest: `gauge` a quantity with its bound, `rights` what a party may read from now on, `welcomed` a new generation of a client,
 * `effect` a change made in the name of one.
 */
export type HistoryFact =
  | { readonly type: 'joined'; readonly role: 'customer' | 'operator' | 'backend' | 'observer'; readonly device?: string | undefined }
  | { readonly type: 'gone' }
  | { readonly type: 'linked'; readonly isUp: boolean }
  | { readonly type: 'fault'; readonly name: string; readonly detail?: string | undefined }
  | { readonly type: 'restored' }
  | { readonly type: 'settled' }
  | { readonly type: 'composed'; readonly key: string }
  | { readonly type: 'accepted'; readonly key: string; readonly id: string; readonly device?: string | undefined }
  | { readonly type: 'dropped'; readonly key: string }
  | { readonly type: 'failed'; readonly id: string; readonly key?: string | undefined; readonly reason: string }
  | ({ readonly type: 'stored'; readonly c: string; readonly epoch: string } & HistoryRow)
  | { readonly type: 'acked'; readonly c: string; readonly epoch?: string | undefined; readonly seq: number; readonly id: string }
  | { readonly type: 'heard'; readonly c: string; readonly epoch?: string | undefined; readonly seq: number; readonly id: string }
  | { readonly type: 'view'; readonly c: string; readonly bubbles: readonly HistoryBubble[]; readonly have?: number | undefined }
  | { readonly type: 'left'; readonly c: string }
  | { readonly type: 'rows'; readonly c: string; readonly epoch: string; readonly rows: readonly HistoryRow[] }
  | { readonly type: 'places'; readonly key: string; readonly places: readonly HistoryPlace[] }
  | { readonly type: 'cursor'; readonly c: string; readonly delivered: number; readonly read: number }
  | { readonly type: 'receipt'; readonly c: string; readonly of: string; readonly delivered: number; readonly read: number }
  | { readonly type: 'requested'; readonly key: string }
  | { readonly type: 'referenced'; readonly key: string; readonly reference: string }
  | { readonly type: 'requests'; readonly items: readonly { readonly key: string; readonly reference: string }[] }
  | { readonly type: 'alive'; readonly operator: string }
  | { readonly type: 'intent'; readonly operator: string; readonly isAvailable: boolean }
  | { readonly type: 'room'; readonly operator: string; readonly hasRoom: boolean }
  | { readonly type: 'serves'; readonly operator: string; readonly of: string; readonly isServing: boolean }
  | { readonly type: 'hours'; readonly isOpen: boolean }
  | {
      readonly type: 'presence'
      readonly operator: string
      readonly state: 'online' | 'away' | 'offline' | 'unknown'
      readonly decidedAt?: number | undefined
    }
  | { readonly type: 'availability'; readonly state: 'online' | 'busy' | 'away' | 'offline' | 'unknown'; readonly rev: number }
  | { readonly type: 'attempt'; readonly client: string }
  | { readonly type: 'ended'; readonly client: string; readonly waitMs?: number | undefined }
  | { readonly type: 'woken'; readonly client: string }
  | { readonly type: 'gauge'; readonly name: string; readonly value: number; readonly max: number }
  | { readonly type: 'rights'; readonly of: string; readonly c: string; readonly isAllowed: boolean }
  | { readonly type: 'welcomed'; readonly client: string; readonly generation: number }
  | { readonly type: 'effect'; readonly client: string; readonly generation: number; readonly on: 'presence' | 'typing' | 'session' }

/** A fact, who says so, and when in milliseconds on the recorder's clock. */
export type HistoryEntry = { readonly at: number; readonly party: string } & HistoryFact

/** One kind of entry. */
export type EntryOf<T extends HistoryFact['type']> = Extract<HistoryEntry, { readonly type: T }>
