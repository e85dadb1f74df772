import type { ConnectContext, LogState, SessionEvent } from '@porchlight/core'
import type { AckFrame, ClientFrame, NackFrame, PageFrame } from '@porchlight/protocol'
import { createPendingAnswers, type PendingAnswers } from './pending-answers.js'

/** What the parts of one session share. */
export interface Link {
  readonly send: (frame: ClientFrame) => void
  readonly emit: (event: SessionEvent) => void
  readonly acks: PendingAnswers<AckFrame | NackFrame>
  readonly pages: PendingAnswers<PageFrame>
  readonly pongs: PendingAnswers<void>
  /** The newest word on each log that was named in this session. */
  readonly logs: Map<string, LogState>
}

/** A link that sends through `send` and reports to `context`. */
export function createLink(context: ConnectContext, send: Link['send']): Link {
  return {
    send,
    emit: (event) => {
      if (!context.signal.aborted) context.emit(event)
    },
    acks: createPendingAnswers(),
    pages: createPendingAnswers(),
    pongs: createPendingAnswers(),
    logs: new Map()
  }
}
