import type { ChatContext } from './chat-context.js'
import type { ChatService } from './chat-service.types.js'
import { findConversationRow, findRequestRow, listConversations, listRequests, readInbox, setConversationState, setRequestState } from './inbox.js'
import { leaveRequest } from './leave-request.js'
import { moveCursor } from './move-cursor.js'
import { open } from './open.js'
import { publish } from './publish.js'
import { greet, readPage } from './read.js'
import { transfer } from './transfer.js'

/** Binds the rules of conversations to a database and a world. */
export function createChatService(context: ChatContext): ChatService {
  return {
    open: (site, visitor, details) => open(context, site, { visitor, ...details }),
    publish: (site, subject, publication) => publish(context, site, { subject, publication }),
    read: (site, subject, query) => readPage(context, site, { subject, query }),
    greet: (site, subject, { device, subs }) => greet(context, site, { subject, device, subs }),
    moveCursor: (site, subject, position) => moveCursor(context, site, { subject, ...position }),
    leaveRequest: (site, visitor, submission) => leaveRequest(context, site, { visitor, submission }),
    inbox: (site) => readInbox(context, site),
    conversations: (site, query) => listConversations(context, site, query),
    requests: (site, query) => listRequests(context, site, query),
    conversation: (site, operator, c) => findConversationRow(context, site, { operator, c }),
    request: (site, id) => findRequestRow(context, site, id),
    setConversationState: (site, operator, change) => setConversationState(context, site, { operator, change }),
    transfer: (site, operator, change) => transfer(context, site, { operator, change }),
    setRequestState: (site, operator, change) => setRequestState(context, site, { operator, change })
  }
}
