import { expect } from 'vitest'
import type { Subject } from '../../src/chat/subject.js'
import * as answers from '../../src/store/answer-store.js'
import { keepAvailability } from '../../src/store/availability-store.js'
import * as conversationRows from '../../src/store/conversation-rows.js'
import * as conversations from '../../src/store/conversation-store.js'
import * as cursors from '../../src/store/cursor-store.js'
import * as devices from '../../src/store/device-store.js'
import * as events from '../../src/store/event-store.js'
import * as inbox from '../../src/store/inbox-store.js'
import * as leases from '../../src/store/lease-store.js'
import { createOperatorStore } from '../../src/store/operator-store.js'
import { readSiteOperators } from '../../src/store/presence-store.js'
import { readWaitingChats } from '../../src/store/queue-store.js'
import * as requestKeys from '../../src/store/request-key-store.js'
import * as requests from '../../src/store/request-store.js'
import { createTicketStore } from '../../src/store/ticket-store.js'
import * as visitors from '../../src/store/visitor-store.js'
import { readAssignedChats } from '../../src/store/waiting-store.js'
import { mailCalls } from './mail-calls.js'
import { plantedAt, requestOf, type Scene, type SiteName, waitOf } from './two-sites.js'

/** One call about the shop’s things, and what it gives when the other site is named. */
export interface SiteCall {
  readonly run: (site: SiteName, scene: Scene) => unknown
  readonly foreign: unknown
  /** What it gives under the shop’s own name. Default: something else than `foreign`, or a change of the shop. */
  readonly own?: unknown
}

/** What a call comes to that the database or the store refuses. */
export function refused(why: RegExp): unknown {
  return { refused: expect.stringMatching(why) }
}

const c = 'c_shop'
const list = { limit: 10, epoch: 'e' }
const device = { c, author: 'v_same', device: 'd' }
const by = { role: 'visitor', id: 'v_same' } as const
const visitorOf = (site: SiteName): Subject => ({ kind: 'visitor', site, id: 'v_same' })
const agentOf = (site: SiteName): Subject => ({ kind: 'operator', site, id: 'op_same', name: 'op_same', role: 'owner' })
const ofOther: unknown = expect.objectContaining({ site: 'other' })
const inOther: unknown = expect.objectContaining({ c: 'c_other' })
const foreignKey: unknown = refused(/FOREIGN KEY/i)
const nothingFound: unknown = refused(/no result|no such log/i)
const written: unknown = undefined

async function knownVisitor({ tx, token }: Scene): Promise<visitors.KnownVisitor> {
  return (await visitors.findVisitor('shop', tx, { token, nowMs: plantedAt })) as visitors.KnownVisitor
}

async function reportTo(site: SiteName, { unit }: Scene, report: () => Promise<void>): Promise<void> {
  await inbox.ensureInbox(site, unit.tx)
  await report()
}

/** A call for each function of the store that is about a site; what follows a blank tells cases of one function apart. */
export const siteCalls: Readonly<Record<string, SiteCall>> = {
  'answer-store#keepFirstAnswer': {
    run: (site, { unit }) => answers.keepFirstAnswer(site, unit, { ...waitOf('shop'), asked_at: 2 }),
    foreign: foreignKey
  },
  'answer-store#readAnswerWaits': {
    run: (site, { tx }) => answers.readAnswerWaits(site, tx, { kind: 'chat', sinceMs: 0, limit: 10 }),
    foreign: [3],
    own: [2]
  },
  'availability-store#keepAvailability': {
    run: (site, { unit }) => keepAvailability(site, unit, { department: null, availability: { rev: 2, state: 'offline', reason: 'hours' } }),
    foreign: written
  },
  'conversation-rows#changeConversation': {
    run: (site, { unit }) => conversationRows.changeConversation(site, unit, { c, state: 'closed' }),
    foreign: nothingFound
  },
  'conversation-rows#readConversationRow': {
    run: (site, { tx }) => conversationRows.readConversationRow(site, tx, { c, epoch: 'e' }),
    foreign: nothingFound
  },
  'conversation-rows#readConversationRows': {
    run: (site, { tx }) => conversationRows.readConversationRows(site, tx, list),
    foreign: [inOther],
    own: [expect.objectContaining({ c, visitor: { id: 'v_same', name: 'visitor of shop' } })]
  },
  'conversation-rows#readRunningChats': {
    run: (site, { tx }) => conversationRows.readRunningChats(site, tx),
    foreign: [{ c: 'c_other', visitor: 'v_same', operator: 'op_other', department: null }]
  },
  'waiting-store#readAssignedChats': {
    run: (site, { tx }) => readAssignedChats(site, tx, 0),
    foreign: [{ c: 'c_other', operator: 'op_other', department: null, waitingSince: null, isAnswered: false }]
  },
  'conversation-store#findConversation by its visitor': {
    run: (site, { tx }) => conversations.findConversation(site, tx, { subject: visitorOf(site), c }),
    foreign: undefined
  },
  'conversation-store#findConversation by an operator': {
    run: (site, { tx }) => conversations.findConversation(site, tx, { subject: agentOf(site), c }),
    foreign: undefined
  },
  'conversation-store#findConversation by an operator of another site': {
    run: (site, { tx }) => conversations.findConversation('shop', tx, { subject: agentOf(site), c }),
    foreign: undefined
  },
  'conversation-store#createConversation': {
    run: (site, { unit }) => conversations.createConversation(site, unit, { visitor: 'v_same' }),
    foreign: ofOther
  },
  'conversation-store#keepStaffRead': { run: (site, { unit }) => conversations.keepStaffRead(site, unit, { c, read: 2 }), foreign: written },
  'conversation-store#keepOpenId': { run: (site, { unit }) => conversations.keepOpenId(site, unit, { c, openId: 'open_again' }), foreign: written },
  'conversation-store#findOpened': {
    run: (site, { tx }) => conversations.findOpened(site, tx, { visitor: 'v_same', openId: 'open_shop' }),
    foreign: undefined
  },
  'conversation-store#newestConversation': { run: (site, { tx }) => conversations.newestConversation(site, tx, 'v_same'), foreign: inOther },
  'conversation-store#summariesOf': {
    run: (site, { tx }) => conversations.summariesOf(site, tx, { visitor: 'v_same', limit: 10, epoch: 'e' }),
    foreign: [inOther]
  },
  'conversation-store#readLoads': {
    run: (site, { tx }) => conversations.readLoads(site, tx, 0),
    foreign: new Map([['op_other', 1]]),
    own: new Map([['op_same', 1]])
  },
  'cursor-store#readCursors': { run: (site, { tx }) => cursors.readCursors(site, tx, c), foreign: [] },
  'cursor-store#raiseCursor': {
    run: (site, { unit }) => cursors.raiseCursor(site, unit, { c, by, delivered: 5, read: 5 }),
    foreign: foreignKey
  },
  'cursor-store#raiseCursor to where it stands': {
    run: (site, { unit }) => cursors.raiseCursor(site, unit, { c, by, delivered: 1, read: 1 }),
    foreign: foreignKey,
    own: null
  },
  'device-store#readLastN': { run: (site, { tx }) => devices.readLastN(site, tx, device), foreign: 0 },
  'device-store#settleN': { run: (site, { unit }) => devices.settleN(site, unit, { ...device, n: 4 }), foreign: foreignKey },
  'device-store#keepVerdict': {
    run: (site, { unit }) => devices.keepVerdict(site, unit, { ...device, n: 4, id: 'm_new', code: 'invalid' }),
    foreign: foreignKey
  },
  'device-store#findVerdict': { run: (site, { tx }) => devices.findVerdict(site, tx, { ...device, id: 'm_refused' }), foreign: undefined },
  'event-store#appendEvent': {
    run: (site, { unit }) => events.appendEvent(site, unit, { c, by, k: 'text', id: 'm_new', data: {} }),
    foreign: nothingFound
  },
  'event-store#readEvents': {
    run: (site, { tx }) => events.readEvents(site, tx, { c, from: 1, maxBytes: 100_000, ...list }),
    foreign: { events: [], bytes: 0 }
  },
  'event-store#findEvent': { run: (site, { tx }) => events.findEvent(site, tx, { c, author: 'v_same', id: 'm_same' }), foreign: undefined },
  'event-store#hasWritten': { run: (site, { tx }) => events.hasWritten(site, tx, { c, author: 'v_same' }), foreign: false },
  'event-store#readLastAssignee': { run: (site, { tx }) => events.readLastAssignee(site, tx, c), foreign: null },
  'inbox-store#readHead': { run: (site, { tx }) => inbox.readHead(site, tx, c), foreign: 0 },
  'inbox-store#ensureInbox': { run: (site, { tx }) => inbox.ensureInbox(site, tx), foreign: written },
  'inbox-store#reportConversation': {
    run: (site, scene) => reportTo(site, scene, () => inbox.reportConversation(site, scene.unit, c)),
    foreign: nothingFound
  },
  'inbox-store#reportConversationRow': {
    run: (site, scene) =>
      reportTo(site, scene, async () => {
        const row = await conversationRows.readConversationRow(site, scene.tx, { c, epoch: 'e' })
        await inbox.reportConversationRow(site, scene.unit, row)
      }),
    foreign: nothingFound
  },
  'inbox-store#reportRequest': {
    run: (site, scene) => reportTo(site, scene, () => inbox.reportRequest(site, scene.unit, requestOf(site))),
    foreign: written
  },
  'inbox-store#reportPresence': {
    run: (site, scene) =>
      reportTo(site, scene, () => inbox.reportPresence(site, scene.unit, { id: 'op_same', name: 'op_same', available: true, live: true })),
    foreign: written
  },
  'lease-store#keepLease': {
    run: (site, { unit }) => leases.keepLease(site, unit, { conn: 'x_same', operator: 'op_same', expires_at: 99 }),
    foreign: written
  },
  'lease-store#dropLease': { run: (site, { unit }) => leases.dropLease(site, unit, 'x_same'), foreign: written },
  ...mailCalls,
  'operator-store#list': {
    run: (site, { db }) => createOperatorStore(db).list(site),
    foreign: [expect.objectContaining({ id: 'op_other' }), expect.objectContaining({ id: 'op_same' })]
  },
  'operator-store#hasStaff': { run: (site, { db }) => createOperatorStore(db).hasStaff(site), foreign: true, own: true },
  'queue-store#readWaitingChats': {
    run: async (site, { unit: { tx } }) => {
      await tx.updateTable('conversation').set({ waiting_since: 5, chat: 1, state: 'open' }).where('site', '=', site).execute()
      await tx.updateTable('request').set({ state: 'answered' }).where('site', '=', site).execute()
      return (await readWaitingChats(site, tx, 0)).map(({ c }) => c)
    },
    foreign: ['c_other'],
    own: ['c_shop']
  },
  'operator-store#join': {
    run: (site, { db }) => createOperatorStore(db).join(site, { operatorId: 'op_free', role: 'agent' }),
    foreign: written
  },
  'operator-store#setRole': {
    run: (site, { db }) => createOperatorStore(db).setRole(site, { operatorId: 'op_shop', role: 'viewer' }),
    foreign: refused(/no such operator/)
  },
  'operator-store#setRole of somebody on both': {
    run: (site, { db }) => createOperatorStore(db).setRole(site, { operatorId: site === 'shop' ? 'op_shop' : 'op_same', role: 'viewer' }),
    foreign: written
  },
  'operator-store#leave': { run: (site, { db }) => createOperatorStore(db).leave(site, 'op_shop'), foreign: refused(/no such operator/) },
  'operator-store#leave of somebody on both': {
    run: (site, { db }) => createOperatorStore(db).leave(site, site === 'shop' ? 'op_shop' : 'op_same'),
    foreign: written
  },
  'operator-store#handOver': { run: (site, { db }) => createOperatorStore(db).handOver(site), foreign: written },
  'presence-store#readSiteOperators': {
    run: (site, { tx }) => readSiteOperators(site, tx),
    foreign: [expect.objectContaining({ id: 'op_other' }), expect.objectContaining({ id: 'op_same' })]
  },
  'request-key-store#findKeyedRequest': {
    run: (site, { tx }) => requestKeys.findKeyedRequest(site, tx, 'key'),
    foreign: expect.objectContaining({ request: ofOther })
  },
  'request-key-store#keepRequestKey': {
    run: (site, { unit }) => requestKeys.keepRequestKey(site, unit, { key: 'new', request: 'r_same', renewableUntil: 0 }),
    foreign: written
  },
  'request-store#hasWaitingRequest': { run: (site, { tx }) => requests.hasWaitingRequest(site, tx, c), foreign: false },
  'request-store#insertRequest': {
    run: (site, { unit }) => requests.insertRequest(site, unit, { ...requestOf('shop'), id: 'r_new', reference: 'PL-new' }),
    foreign: foreignKey
  },
  'request-store#freeReference': { run: (site, { tx }) => requests.freeReference(site, tx), foreign: expect.any(String) },
  'request-store#findRequest': { run: (site, { tx }) => requests.findRequest(site, tx, 'r_same'), foreign: ofOther },
  'request-store#readRequestRow': {
    run: (site, { tx }) => requests.readRequestRow(site, tx, { request: requestOf(site), epoch: 'e' }),
    foreign: expect.objectContaining({ c: 'c_other', mail: { notice: 'waiting' } })
  },
  'request-store#changeRequestState': {
    run: (site, { unit }) => requests.changeRequestState(site, unit, { id: 'r_same', state: 'open' }),
    foreign: ofOther
  },
  'request-store#answerRequests': { run: (site, { unit }) => requests.answerRequests(site, unit, c), foreign: [] },
  'request-store#readRequestRows': { run: (site, { tx }) => requests.readRequestRows(site, tx, list), foreign: [inOther] },
  'ticket-store#issue': {
    run: (site, { db }) => createTicketStore(db).issue(site, { operatorId: 'op_shop', session: 'session' }, plantedAt),
    foreign: expect.anything()
  },
  'ticket-store#redeem': { run: (site, { db, ticket }) => createTicketStore(db).redeem(site, ticket, plantedAt), foreign: null },
  'ticket-store#isStillHeld': {
    run: (site, { db }) => createTicketStore(db).isStillHeld(site, { operatorId: 'op_shop', name: 'op_shop', role: 'agent', session: 'session' }),
    foreign: false
  },
  'visitor-store#findVisitor': { run: (site, { tx, token }) => visitors.findVisitor(site, tx, { token, nowMs: plantedAt }), foreign: 'foreign' },
  'visitor-store#createVisitor': { run: (site, { unit }) => visitors.createVisitor(site, unit), foreign: expect.anything() },
  'visitor-store#addToken': { run: (site, { unit }) => visitors.addToken(site, unit, 'v_same'), foreign: expect.anything() },
  'visitor-store#countTokens': { run: (site, { unit }) => visitors.countTokens(site, unit, 'v_same'), foreign: 0 },
  'visitor-store#isTokenGood': {
    run: async (site, scene) => visitors.isTokenGood(site, scene.tx, { hash: (await knownVisitor(scene)).token.hash, nowMs: plantedAt }),
    foreign: false,
    own: true
  },
  'visitor-store#dropTokens': { run: (site, { unit }) => visitors.dropTokens(site, unit, 'v_same'), foreign: written },
  'visitor-store#touchVisitor': {
    run: async (site, scene) => visitors.touchVisitor(site, scene.unit, await knownVisitor(scene)),
    foreign: expect.any(Number)
  },
  'visitor-store#markSeen': { run: (site, { unit }) => visitors.markSeen(site, unit, 'v_same'), foreign: written },
  'visitor-store#nameVisitor': { run: (site, { unit }) => visitors.nameVisitor(site, unit, { visitor: 'v_nameless', name: 'Ann' }), foreign: written }
}
