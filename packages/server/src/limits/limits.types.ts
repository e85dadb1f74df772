/** So many in so long. */
export interface Bucket {
  readonly count: number
  readonly perMs: number
}

/**
 * Every rate of the visitors' side, in one place. Those that end in `PerAddress` leave loopback peers alone, unless a trusted proxy
 * names the real address.
 */
export interface RateTable {
  /** Hellos of everybody, over sockets and polling: what the whole server takes in. Those above it are told when to come back. */
  readonly hellos: Bucket
  /**
   * Sockets and polling sessions that begin: as many as pages may be read from an address, because after a restart everybody behind it comes
   * back at once. A new visitor and what a greeting reads are counted for themselves.
   */
  readonly connectionsPerAddress: Bucket
  /** Visitors who are made. */
  readonly visitorsPerAddress: Bucket
  /** Frames of any kind; a connection above it is closed. */
  readonly framesPerConnection: Bucket
  /** Messages of a visitor, in the short run … */
  readonly messageBurst: Bucket
  /** … and in the long run. */
  readonly messagesPerVisitor: Bucket
  /** Messages of all visitors who share an address. */
  readonly messagesPerAddress: Bucket
  /** Messages of all those visitors of a site whom no operator has read yet. Nobody else waits for it. */
  readonly messagesPerSite: Bucket
  /** Typing marks of one connection in one conversation; those above it are dropped. */
  readonly typing: Bucket
  /** Cursor moves of one connection in one log; those above it are dropped. A client moves each at most once a second. */
  readonly cursors: Bucket
  /** Pages of logs that a visitor reads, over all his connections, by fetching and by each greeting … */
  readonly pagesPerVisitor: Bucket
  /** … and all visitors who share an address. */
  readonly pagesPerAddress: Bucket
  readonly conversationsPerVisitor: Bucket
  readonly conversationsPerAddress: Bucket
  /** Requests above it are marked as probable spam … */
  readonly requestsPerAddress: Bucket
  /** … as are those above this, whoever sends them. */
  readonly requestsPerSite: Bucket
  /** Requests above it are refused, for the disk's sake. */
  readonly requestsRefusedPerAddress: Bucket
}

/** Rates that differ from the built-in ones. */
export type RateOverrides = { readonly [K in keyof RateTable]?: Bucket | undefined }
