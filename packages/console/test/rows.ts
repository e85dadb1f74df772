import {
  type ConversationRow,
  defaultAnswerTargets,
  type InboxSnapshot,
  type Me,
  type OperatorPresence,
  type RequestRow,
  type SiteRow
} from '@porchlight/protocol'
import fc from 'fast-check'

/** A row as the server would send it; a test names only what it is about. */
export function aConversation(part: Partial<ConversationRow> = {}): ConversationRow {
  return {
    c: 'c_AAAAAAAAAAAAAAAAAAAAAA',
    epoch: 'e1',
    head: 1,
    state: 'open',
    department: null,
    visitor: { id: 'v_1', name: 'Ann' },
    assignee: null,
    preview: { text: 'Where is my parcel?', by: 'visitor', at: 1_000 },
    waitingSince: 1_000,
    read: 0,
    chat: true,
    page: 'https://shop.example/cart',
    createdAt: 1_000,
    updatedAt: 1_000,
    ...part
  }
}

export function aRequest(part: Partial<RequestRow> = {}): RequestRow {
  return {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    reference: '7K3M-9QXD',
    c: 'c_BBBBBBBBBBBBBBBBBBBBBB',
    epoch: 'e1',
    seq: 1,
    state: 'new',
    department: null,
    fields: { name: 'Bea', email: 'bea@example.com', text: 'Can I change the size?' },
    due: null,
    spam: false,
    createdAt: 1_000,
    updatedAt: 1_000,
    ...part
  }
}

export const olive: Me = {
  id: 'o_1',
  name: 'Olive Owner',
  email: 'olive@shop.example',
  available: false,
  sites: [{ site: 'shop', name: 'The shop', role: 'owner' }]
}

export const shop: SiteRow = { site: 'shop', name: 'The shop', origins: ['https://shop.example'], role: 'owner' }

export const oliveAtWork: OperatorPresence = { id: 'o_1', name: 'Olive Owner', available: true, live: true }

export function anInbox(part: Partial<InboxSnapshot> = {}): InboxSnapshot {
  return { epoch: 'e1', head: 0, conversations: [], requests: [], operators: [], targets: defaultAnswerTargets, departments: [], ...part }
}

const instant = fc.integer({ min: 1, max: 1_000 })

/** Conversation rows with distinct ids, and few distinct times so that ties happen. */
export const someConversations: fc.Arbitrary<ConversationRow[]> = fc.uniqueArray(
  fc
    .record({
      c: fc.stringMatching(/^[a-d]{1,3}$/),
      state: fc.constantFrom<'open' | 'closed'>('open', 'closed'),
      waitingSince: fc.option(fc.integer({ min: 1, max: 4 })),
      updatedAt: fc.integer({ min: 1, max: 4 }),
      head: instant,
      read: instant,
      chat: fc.boolean()
    })
    .map((part) => aConversation(part)),
  { selector: ({ c }) => c, maxLength: 12 }
)

export const someRequests: fc.Arbitrary<RequestRow[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.stringMatching(/^[a-d]{1,3}$/),
      state: fc.constantFrom<RequestRow['state']>('new', 'open', 'answered', 'closed'),
      spam: fc.boolean(),
      due: fc.option(fc.integer({ min: 1, max: 4 })),
      createdAt: fc.integer({ min: 1, max: 4 }),
      updatedAt: fc.integer({ min: 1, max: 4 })
    })
    .map((part) => aRequest(part)),
  { selector: ({ id }) => id, maxLength: 12 }
)
