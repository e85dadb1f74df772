import type { ChatAdapter } from '@porchlight/core'
import type { Joined, JoinOptions } from './join.js'

/** The people on the other side, as the backend's own tools move them. */
export interface HarnessOperator {
  readonly reply: (c: string, text: string) => Promise<unknown>
  /** Texts of the conversation in the order that the operator sees. */
  readonly texts: (c: string) => Promise<readonly string[]>
  readonly available?: (on: boolean) => Promise<unknown>
  readonly typing?: (c: string, on: boolean) => Promise<unknown>
  readonly read?: (c: string) => Promise<unknown>
  /** Ids of those who were seen typing in the conversation. */
  readonly typists?: (c: string) => Promise<readonly string[]>
  /** How far the visitor has read, as the operator sees it. */
  readonly seen?: (c: string) => Promise<number>
}

/** One fresh backend for one case. */
export interface AdapterHarness {
  /** The adapter under test, as a visitor's browser would make it. */
  readonly createAdapter: () => ChatAdapter
  readonly operator: HarnessOperator
  /** A department of the backend in which nobody ever answers, by the name that pages use. */
  readonly emptyDepartment?: string
  /** Breaks every connection now standing, without a goodbye. */
  readonly cut?: () => Promise<unknown> | unknown
  /** Connections may stand again. */
  readonly restore?: () => Promise<unknown> | unknown
  readonly stop?: () => Promise<unknown> | unknown
}

/** What a case needs beyond the required members of a session. */
export type Need =
  | 'idempotentSend'
  | 'reconcile'
  | 'dense'
  | 'history'
  | 'typingIn'
  | 'typingOut'
  | 'receiptsIn'
  | 'receiptsOut'
  | 'presence'
  | 'availability'
  | 'light'
  | 'department'
  | 'revoke'
  | 'requests'
  | 'open'
  | 'probe'
  | 'cut'

/** What a case works with. */
export interface CaseContext {
  readonly harness: AdapterHarness
  /** Connects another browser; with `saved`, the same one again. */
  readonly join: (options?: JoinOptions) => Promise<Joined>
}

/** One fact that every adapter keeps, as data. */
export interface ConformanceCase {
  readonly name: string
  readonly needs?: readonly Need[]
  readonly run: (context: CaseContext) => Promise<void>
}
