import type { ServerFrame } from '@porchlight/protocol'
import type { Subject } from '../chat/subject.js'
import type { CredentialTerm } from './credential-term.js'
import type { FollowedLogs } from './followed-logs.js'
import type { Turns } from './turns.js'
import type { PeerOrigin, WireContext } from './wire-context.js'

/** A welcomed connection, as the handlers of its frames see it. */
export interface Speaker {
  readonly context: WireContext
  readonly origin: PeerOrigin
  readonly conn: string
  readonly device: string
  /** As its `hello` names it. */
  readonly department: string | undefined
  readonly subject: Subject
  readonly term: CredentialTerm
  readonly followed: FollowedLogs
  /** Reads of logs, one at a time. */
  readonly reads: Turns
  readonly answer: (frame: ServerFrame) => void
  /** Ends the connection on the client's wish. */
  readonly leave: () => void
}
