import { type ChatError, type CloseName, closeCodes, errorTraits } from '@porchlight/protocol'
import type { LeaseEnd } from '../presence/presence.types.js'
import type { Transport } from './transport.js'

/** The life of one connection: it ends once, and everything that began with it ends with it. */
export interface Life {
  readonly isOver: () => boolean
  /** Runs at the end; at once when the end is past. */
  readonly onEnd: (run: (how: LeaseEnd) => void) => void
  /** The server ends it. */
  readonly finish: (name: CloseName, how: LeaseEnd) => void
  /** The server ends it because of a fault of the client's, after `farewell` has told him. */
  readonly fail: (error: ChatError, farewell: () => void) => void
  /** The link has ended. */
  readonly gone: (how: LeaseEnd) => void
  /** Why the server ended it, when that was a fault of the client's. */
  readonly failure: () => ChatError | undefined
}

/** Begins a life. */
export function createLife(transport: Transport): Life {
  const ends: ((how: LeaseEnd) => void)[] = []
  let endedAs: LeaseEnd | undefined
  let failure: ChatError | undefined

  function gone(how: LeaseEnd): void {
    if (endedAs !== undefined) return
    endedAs = how
    for (const run of ends.splice(0)) run(how)
  }

  return {
    gone,
    isOver: () => endedAs !== undefined,
    onEnd: (run) => {
      if (endedAs === undefined) ends.push(run)
      else run(endedAs)
    },
    finish: (name, how) => {
      if (endedAs !== undefined) return
      gone(how)
      if (name === 'abnormal') transport.cut()
      else transport.close(closeCodes[name].code, name)
    },
    fail: (error, farewell) => {
      if (endedAs !== undefined) return
      failure = error
      farewell()
      gone('lost')
      transport.close(errorTraits[error.code].closeCode, error.code)
    },
    failure: () => failure
  }
}
