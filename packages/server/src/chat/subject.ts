import type { Participant, Role } from '@porchlight/protocol'
import { mayOnSite } from '../auth/policy.js'

/** A visitor of one site. */
export interface VisitorSubject {
  readonly kind: 'visitor'
  readonly site: string
  readonly id: string
  readonly name?: string | undefined
}

/** An operator, with what he may do on one site. */
export interface OperatorSubject {
  readonly kind: 'operator'
  readonly site: string
  readonly id: string
  readonly name: string
  readonly role: Role
}

/** Who asks. Every rule is about a subject, never about an id alone. */
export type Subject = VisitorSubject | OperatorSubject

/** The subject as logs name it. */
export function participantOf(subject: Subject): Participant {
  if (subject.kind === 'operator') return { role: 'agent', id: subject.id, name: subject.name }
  return { role: 'visitor', id: subject.id, ...(subject.name === undefined ? {} : { name: subject.name }) }
}

/** Whether the subject may write: visitors in their own conversations, operators unless they only watch. */
export function mayWrite(subject: Subject): boolean {
  return subject.kind === 'visitor' || mayOnSite(subject.role, 'message.send')
}
