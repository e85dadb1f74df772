/** The way to one client: a socket, or the queue of a polling session. */
export interface Transport {
  readonly send: (text: string) => void
  /** Bytes that the reader has not taken yet. */
  readonly unreadBytes: () => number
  readonly close: (code: number, reason: string) => void
  /** Ends a link on which nobody answers, without a goodbye. */
  readonly cut: () => void
}
