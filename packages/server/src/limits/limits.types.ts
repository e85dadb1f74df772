/** So many in so long. */
export interface Bucket {
  readonly count: number
  readonly perMs: number
}

/** Every rate of the visitor's side. `…PerAddress` buckets leave loopback peers alone unless a trusted proxy names the real address. */
export interface RateTable {
  readonly socketsPerAddress: Bucket
  readonly helloPerAddress: Bucket
  readonly messageBurst: Bucket
  readonly messagesPerVisitor: Bucket
  readonly messagesPerSite: Bucket
  readonly typing: Bucket
  readonly cursors: Bucket
  readonly framesPerPeer: Bucket
  readonly conversationsPerVisitor: Bucket
  readonly conversationsPerAddress: Bucket
  readonly requestsPerAddress: Bucket
  readonly requestsPerSite: Bucket
  readonly visitorsPerAddress: Bucket
}

/** What the site's settings hold of {@link RateTable}: any part of it. */
export type RateOverrides = { readonly [K in keyof RateTable]?: Bucket | undefined }
