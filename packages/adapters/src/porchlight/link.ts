import type { ConnectContext, LogState, SessionEvent } from '@porchlight/core'
import type { ClientFrame, ServerFrame } from '@porchlight/protocol'
import { createPendingAnswers, type PendingAnswers } from './pending-answers.js'

/** What the parts of one session share. */
export interface Link {
  readonly send: (frame: ClientFrame) => void
  readonly emit: (event: SessionEvent) => void
  /** Sends a frame and waits for the one that answers it under `id`. */
  readonly ask: <T extends ServerFrame['t']>(id: string, frame: ClientFrame, waitMs: number) => Promise<Extract<ServerFrame, { t: T }>>
  readonly answers: PendingAnswers<ServerFrame>
  /** The newest word on each log that was named in this session. */
  readonly logs: Map<string, LogState>
}

/** A link that sends through `send` and reports to `context`. */
export function createLink(context: ConnectContext, send: Link['send']): Link {
  const answers = createPendingAnswers<ServerFrame>()
  return {
    send,
    emit: (event) => {
      if (!context.signal.aborted) context.emit(event)
    },
    ask: <T extends ServerFrame['t']>(id: string, frame: ClientFrame, waitMs: number) => {
      const answer = answers.ask(id, waitMs)
      send(frame)
      return answer as Promise<Extract<ServerFrame, { t: T }>>
    },
    answers,
    logs: new Map()
  }
}
