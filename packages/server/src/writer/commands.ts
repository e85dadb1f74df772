import { credentialCommands } from '../auth/visitor-credential.js'
import { inboxCommands } from '../chat/inbox.js'
import { leaveRequestCommands } from '../chat/leave-request.js'
import { cursorCommands } from '../chat/move-cursor.js'
import { openCommands } from '../chat/open.js'
import { publishCommands } from '../chat/publish.js'
import { transferCommands } from '../chat/transfer.js'
import { handOverCommands } from '../handover/hand-over.js'
import { settleMailCommands } from '../mail/settle-mail.js'
import { queueCommands } from '../queue/give-chats.js'
import { availabilityCommands } from '../store/availability-store.js'
import { leaseCommands } from '../store/lease-store.js'
import { mailJobCommands } from '../store/mail-job-store.js'
import { metaCommands } from '../store/meta-store.js'
import { operatorCommands } from '../store/operator-store.js'
import { presenceCommands } from '../store/presence-store.js'
import { sessionCommands } from '../store/session-store.js'
import { setupCommands } from '../store/setup-store.js'
import { siteCommands } from '../store/site-registry.js'
import { ticketCommands } from '../store/ticket-store.js'
import { visitorCommands } from '../store/visitor-store.js'

/**
 * Everything that can change the database, by name. A command runs where the writing connection is, which is another thread: what goes in
 * and what comes out is plain data.
 */
export type Commands = typeof availabilityCommands &
  typeof credentialCommands &
  typeof cursorCommands &
  typeof handOverCommands &
  typeof inboxCommands &
  typeof leaseCommands &
  typeof leaveRequestCommands &
  typeof mailJobCommands &
  typeof metaCommands &
  typeof openCommands &
  typeof operatorCommands &
  typeof presenceCommands &
  typeof publishCommands &
  typeof queueCommands &
  typeof sessionCommands &
  typeof settleMailCommands &
  typeof setupCommands &
  typeof siteCommands &
  typeof ticketCommands &
  typeof transferCommands &
  typeof visitorCommands

export type CommandName = keyof Commands
export type CommandInput<N extends CommandName> = Parameters<Commands[N]>[1]
export type CommandResult<N extends CommandName> = Awaited<ReturnType<Commands[N]>>

/** The code behind each name. */
export const commands: Commands = {
  ...availabilityCommands,
  ...credentialCommands,
  ...cursorCommands,
  ...handOverCommands,
  ...inboxCommands,
  ...leaseCommands,
  ...leaveRequestCommands,
  ...mailJobCommands,
  ...metaCommands,
  ...openCommands,
  ...operatorCommands,
  ...presenceCommands,
  ...publishCommands,
  ...queueCommands,
  ...sessionCommands,
  ...settleMailCommands,
  ...setupCommands,
  ...siteCommands,
  ...ticketCommands,
  ...transferCommands,
  ...visitorCommands
}
