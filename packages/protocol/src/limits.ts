/**
 * Sizes and times that both ends of the wire enforce. Times are milliseconds, sizes are bytes unless the name says otherwise.
 *
 * @example
 * ```ts
 * import { limits } from '@porchlight/protocol'
 *
 * const isTooLong = (text: string) => [...text].length > limits.textMaxCodePoints
 * ```
 */
export const limits = {
  /** Longest text of one message or request, counted in Unicode code points. */
  textMaxCodePoints: 8_000,
  /** Longest text in UTF-8. */
  textMaxBytes: 32_768,
  /** Longest frame, either way. */
  frameMaxBytes: 65_536,
  /** Longest `hello`. */
  helloMaxBytes: 16_384,
  /** A socket that has not said a valid `hello` by then is closed with 4408. */
  helloTimeoutMs: 10_000,
  /** A client gives up on a connection that has no `welcome` by then. */
  connectTimeoutMs: 8_000,
  /** Most frames in one `POST /v1/frames`. */
  framesMaxPerPost: 64,
  /** Deepest JSON nesting accepted. */
  jsonMaxDepth: 8,
  /** Most logs named in one `hello`, and most whose events are sent as they happen. */
  subscriptionsMax: 64,
  /** Most logs that one connection follows; those beyond `subscriptionsMax` by their heads in pings. A `fetch` with `sub` beyond it gets `too_large`. */
  followedMax: 1_024,
  /** Most events in one `page` or in one log's part of `welcome`. */
  pageMaxEvents: 200,
  /** Most bytes of events in one `page`, and in a `welcome`; one event is always there. */
  pageMaxBytes: 65_536,
  /** Unacknowledged `pub` frames of one conversation over a WebSocket. */
  inFlightMax: 8,
  /** Live sockets of one device; the oldest is replaced. */
  socketsPerDevice: 8,
  /** Live sockets of one visitor, whatever devices he names; the oldest is replaced. */
  socketsPerVisitor: 16,
  /** Bytes a slow reader may leave unread before it is told heads only. */
  sendQueueSoftBytes: 262_144,
  /** Bytes a slow reader may leave unread before it is closed with 4508. */
  sendQueueHardBytes: 1_048_576,
  /** A typing mark disappears after this unless renewed. */
  typingTtlMs: 6_000,
  /** A client says "typing" at most once in this. */
  typingIntervalMs: 3_000,
  /** A client reports cursors at most once in this. */
  cursorIntervalMs: 1_000,
  /** A customer's connection is pinged this often … */
  visitorPingMs: 20_000,
  /** … and is dead when nothing came for this long after a ping was due. */
  visitorGraceMs: 10_000,
  /** An operator's connection is pinged this often … */
  operatorPingMs: 10_000,
  /** … and is dead when nothing came for this long after a ping was due. */
  operatorGraceMs: 5_000,
  /** Longest wait of one `GET /v1/poll`. */
  pollWaitMs: 25_000,
  /** Items that may wait unsent on one device. */
  outboxMaxItems: 200,
  /** Bytes that may wait unsent on one device. */
  outboxMaxBytes: 1_048_576,
  /** A person's name. */
  nameMaxChars: 120,
  /** RFC 5321 4.5.3.1: 64 of local part, `@`, 255 of domain. */
  emailMaxChars: 320,
  /** A phone number as typed, with spaces and brackets. */
  phoneMaxChars: 40,
  /** Addresses of pages, without query and fragment. */
  urlMaxChars: 2_048
} as const
