import type { ErrorCode } from '@porchlight/protocol'

/** Why a wire ended. */
export interface WireEnd {
  readonly code: ErrorCode
  readonly message: string
  /** Earliest return. */
  readonly afterMs?: number | undefined
  /** Return at some moment of that window. */
  readonly withinMs?: readonly [number, number] | undefined
  /** Newer connections of this device took its place. */
  readonly isReplaced?: boolean | undefined
}

/** What a wire calls. Nothing is called after `end`, nor after the owner's `close`. */
export interface WireHandlers {
  /** Frames may be sent. */
  readonly open: () => void
  /** One frame, not yet checked. */
  readonly frame: (frame: unknown) => void
  readonly end: (end: WireEnd) => void
}

/** One connection that carries frames both ways, whatever it is made of. */
export interface Wire {
  readonly send: (frame: object) => void
  /** Bytes that have not left this device yet. Absent: unknown. */
  readonly waitingBytes?: () => number
  /** Leaves on purpose; nothing is called any more. */
  readonly close: () => void
}

/** Where the server is and what speaks to it. */
export interface WireAddress {
  /** `https://chat.example.com`, without a slash at its end. */
  readonly server: string
  readonly site: string
  readonly fetch: typeof fetch
}

/** Opens a {@link Wire}. */
export type OpenWire = (address: WireAddress, handlers: WireHandlers) => Wire
