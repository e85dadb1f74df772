import type { Socket } from 'node:net'

/** What a way does to the bytes that pass it. */
export interface Conditions {
  /** Time that each piece takes to pass. Default 0. */
  readonly latencyMs: number
  /** Up to so much more, drawn for each piece; pieces keep their order. Default 0. */
  readonly jitterMs: number
  /** Bytes that pass in a second; 0, the default: as many as come. */
  readonly bytesPerSecond: number
  /** Longest piece that passes at once; 0, the default: as it came. */
  readonly sliceBytes: number
}

/** A way on which nothing happens. */
export const clearWay: Conditions = { latencyMs: 0, jitterMs: 0, bytesPerSecond: 0, sliceBytes: 0 }

/** What a flow works with. */
export interface FlowOptions {
  readonly from: Socket
  readonly to: Socket
  readonly conditions: () => Conditions
  /** Whole numbers from 0 to below `end`. */
  readonly draw: (end: number) => number
  /** Sees each piece before it passes; answers what of it may. */
  readonly onPiece: (bytes: Buffer) => Buffer
  readonly onWritten: () => void
}

/** One direction of one connection. */
export interface Flow {
  /** Swallows everything from now on, and says nothing to anybody: also not that an end has gone. */
  readonly swallow: () => void
  /** Holds everything back until `release`, then passes it on late. */
  readonly hold: () => void
  readonly release: () => void
  /** Bytes that wait to pass. */
  readonly waitingBytes: () => number
  readonly stop: () => void
}

/** More than this waiting makes the sender wait, as a full buffer on the way would. */
const waitingMaxBytes = 64 * 1024
/** How often a throttled way lets something pass. */
const tickMs = 10

interface Piece {
  readonly bytes: Buffer
  readonly dueAt: number
}

/** Carries what comes out of one socket into another, under conditions that may change at any time. */
export function startFlow({ from, to, conditions, draw, onPiece, onWritten }: FlowOptions): Flow {
  const waiting: Piece[] = []
  let state: 'open' | 'holding' | 'swallowing' = 'open'
  let lastDueAt = 0
  let hasEnded = false
  let timer: NodeJS.Timeout | undefined

  const waitingBytes = () => waiting.reduce((sum, { bytes }) => sum + bytes.length, 0)

  function take(piece: Buffer): void {
    const bytes = onPiece(piece)
    if (bytes.length === 0 || state === 'swallowing') return
    const { latencyMs, jitterMs } = conditions()
    lastDueAt = Math.max(lastDueAt, performance.now() + latencyMs + (jitterMs > 0 ? draw(jitterMs + 1) : 0))
    waiting.push({ bytes, dueAt: lastDueAt })
    if (waitingBytes() > waitingMaxBytes) from.pause()
    pass()
  }

  function pass(): void {
    clearTimeout(timer)
    if (state !== 'open') return
    let allowance = conditions().bytesPerSecond > 0 ? Math.max(1, (conditions().bytesPerSecond * tickMs) / 1000) : Number.POSITIVE_INFINITY
    while (allowance >= 1 && waiting[0] && waiting[0].dueAt <= performance.now()) allowance -= passOne(waiting.shift() as Piece, allowance)
    if (waitingBytes() <= waitingMaxBytes) from.resume()
    if (waiting[0]) timer = setTimeout(pass, Math.max(tickMs, waiting[0].dueAt - performance.now()))
    else if (hasEnded) to.end()
  }

  /** Passes as much of a piece as may pass; what is left of it waits at the front. */
  function passOne({ bytes, dueAt }: Piece, allowance: number): number {
    const { sliceBytes } = conditions()
    const length = Math.floor(Math.min(bytes.length, allowance, sliceBytes > 0 ? 1 + draw(sliceBytes) : bytes.length))
    to.write(bytes.subarray(0, length), onWritten)
    if (length < bytes.length) waiting.unshift({ bytes: bytes.subarray(length), dueAt })
    return length
  }

  // The end follows what came before it, so it takes as long.
  function end(): void {
    if (state === 'swallowing') from.destroy()
    hasEnded = true
    pass()
  }

  from.on('data', take)
  from.on('end', end)
  from.on('close', end)
  return {
    swallow: () => {
      state = 'swallowing'
      waiting.length = 0
      // Read on: a sender whose bytes nobody takes would notice.
      from.resume()
    },
    hold: () => {
      if (state === 'open') state = 'holding'
    },
    release: () => {
      if (state !== 'holding') return
      state = 'open'
      pass()
    },
    waitingBytes,
    stop: () => clearTimeout(timer)
  }
}
