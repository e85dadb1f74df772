import type { Draft, LogPosition, LogState, Message } from '@porchlight/core'
import { isChatError, randomText } from '@porchlight/protocol'
import { equal, ok } from './assert.js'
import { createFaultyLink, type FaultyLink } from './faults/faulty-link.js'
import { seeded } from './faults/seeded.js'
import type { CaseContext } from './harness.js'
import { checkHistory } from './history/check-history.js'
import type { HistoryBubble } from './history/entry.js'
import { recordAdapter, textOf } from './history/record.js'
import { createHistory, type HistoryRecorder } from './history/recorder.js'
import { type Joined, join, newId, textsOf } from './join.js'

/** What falls into a black hole is given up after this long. */
const deadAfterMs = 150
/** Longest time that somebody keeps trying. */
const patienceMs = 5_000
/** What the judge grants after the last fault; nobody here waits for anything but answers, so it is jumped. */
const settleMs = 35_000

/** Somebody behind a faulty link who does, in its shortest form, what a core does: keeps what is not answered, comes back as who he was, sends the same again. */
export interface PersistentClient {
  readonly link: FaultyLink
  readonly history: HistoryRecorder
  /** The connection that stands, made where there is none. Rejects with what the attempt is refused with. */
  readonly connected: () => Promise<Joined>
  readonly device: string
  /** What the adapter asked to keep. */
  readonly saved: () => unknown
  /** His conversation. */
  readonly c: () => string
  /** Gives the connection up without waiting for its end. */
  readonly abandon: () => void
  /** Puts texts in line and makes one attempt to send all that waits. */
  readonly say: (...texts: readonly string[]) => Promise<void>
  /** Tries until nothing waits and every entry of the log is held. */
  readonly deliver: () => Promise<void>
  /** Mends the link, delivers, compares with what the backend holds, and throws where a promise was broken. */
  readonly judge: () => Promise<void>
  readonly leave: () => void
}

/** A client of the adapter under test. The link draws from `seed`. */
export function createPersistentClient({ harness, join: joinPlainly }: CaseContext, party = 'ann', seed = 7): PersistentClient {
  const startedAt = Date.now()
  let jumpedMs = 0
  const history = createHistory(() => Date.now() - startedAt + jumpedMs)
  const setTimer = (callback: () => void, delayMs: number) => {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  }
  const link = createFaultyLink({ adapter: recordAdapter(harness.createAdapter(), { history, party }), random: seeded(seed), setTimer, deadAfterMs })
  const log = createHeldLog(history, party)
  // Whoever answers is home for those whom he answers.
  history.record('backend', { type: 'alive', operator: 'theirs' })
  history.record('backend', { type: 'serves', operator: 'theirs', of: party, isServing: true })
  const waiting: Draft[] = []
  const [device, openId] = [randomText(16, (bytes) => crypto.getRandomValues(bytes)), newId()]
  const connections: Joined[] = []
  let standing: Joined | undefined
  let saved: unknown = null
  let known: LogState | undefined
  let composed = 0

  /** Takes over what the connection has heard. */
  const absorb = () => {
    if (!standing) return
    saved = standing.saved()
    for (const event of standing.events.slice(log.read)) {
      log.read++
      if (event.type === 'message' && event.message.c === known?.c) log.take([event.message], event.epoch, waiting)
      if (event.type === 'closed') return void abandon()
    }
  }
  const abandon = () => {
    saved = standing?.saved() ?? saved
    standing?.leave()
    standing = undefined
  }
  const connected = async (): Promise<Joined> => {
    absorb()
    if (standing) return standing
    const position = known && log.position(known.c)
    const joined = await join(link.adapter, { saved, device, logs: position ? [position] : [] })
    connections.push(joined)
    log.read = 0
    standing = joined
    known ??= (await joined.session.open?.({ id: openId })) ?? joined.session.conversations[0]
    ok(known, 'a session without `open` lists the conversation it writes to')
    if (!position) await fill(joined)
    return joined
  }
  /** Reads on from what is held, to the end. */
  const fill = async ({ session }: Joined) => {
    const { c } = known as LogState
    for (let more = true; more; ) {
      const after = log.position(c)
      const page = await session.history({ c, limit: 50, subscribe: true, ...(after ? { after } : {}) })
      log.take(page.messages, page.log.epoch, waiting)
      more = after !== undefined && page.more && page.messages.length > 0
    }
  }
  const send = async (draft: Draft, { session }: Joined) => {
    const outcome = await session.send(draft)
    if (outcome.outcome !== 'stored') return
    equal(outcome.message.id, draft.id, 'the id of what was stored')
    log.take([outcome.message], undefined, waiting)
  }
  const sendAll = async (joined: Joined) => {
    const sent = await Promise.allSettled(waiting.map((draft) => send(draft, joined)))
    for (const result of sent) if (result.status === 'rejected') throw result.reason
  }
  /** One attempt at everything that is left to do; a connection that breaks over it is no fault of anybody. */
  const attempt = async () => {
    let joined: Joined | undefined
    try {
      joined = await connected()
      await sendAll(joined)
      // What was sent may have been there already: only whoever sends before he reads finds out what becomes of a repeat.
      if (waiting.length === 0) await fill(joined)
    } catch (error) {
      if (!isChatError(error) || error.retry === 'never') throw error
      if (!joined || joined === standing) abandon()
    } finally {
      absorb()
    }
  }

  const say = async (...texts: readonly string[]) => {
    if (!known) await deliver()
    for (const text of texts) {
      const draft: Draft = { c: (known as LogState).c, n: ++composed, id: newId(), k: 'text', body: { text } }
      history.record(party, { type: 'composed', key: text })
      history.record(party, { type: 'accepted', key: text, id: draft.id })
      waiting.push(draft)
    }
    await attempt()
  }
  const deliver = async () => {
    const until = Date.now() + patienceMs
    do {
      ok(Date.now() < until, `${waiting.length} texts are not stored after ${patienceMs} ms`)
      await attempt()
    } while (!standing || waiting.length > 0)
  }
  const judge = async () => {
    link.heal()
    history.record('run', { type: 'fault', name: 'the last one is over' })
    await deliver()
    jumpedMs += settleMs
    const { c } = known as LogState
    const { session } = await joinPlainly({ saved })
    const { messages, log: state } = await session.history({ c, limit: 200 })
    equal(textsOf(messages), await harness.operator.texts(c), 'what is read, and what the operator sees')
    const rows = messages.map((message) => ({ seq: message.order, id: message.id, by: message.by.id, key: textOf(message) }))
    history.record('backend', { type: 'rows', c, epoch: state.epoch, rows })
    history.record('run', { type: 'settled' })
    expectKept(history)
  }
  return {
    ...{ link, history, device, connected, abandon, say, deliver, judge },
    saved: () => standing?.saved() ?? saved,
    c: () => (known as LogState).c,
    leave: () => {
      for (const connection of connections) connection.leave()
    }
  }
}

/** Throws the first promise that a history shows to be broken. */
export function expectKept(history: HistoryRecorder): void {
  const [first] = checkHistory(history.entries())
  ok(!first, `${first?.invariant}: ${first?.message}`)
}

/** What somebody holds of his log, and every instant of it as he shows it. */
function createHeldLog(history: HistoryRecorder, party: string) {
  const held = new Map<string, Message>()
  let epoch = ''
  const whole = (): readonly Message[] => {
    const sorted = [...held.values()].sort((a, b) => a.order - b.order)
    const end = sorted.findIndex(({ order }, index) => order !== index + 1)
    return end < 0 ? sorted : sorted.slice(0, end)
  }
  return {
    /** How many events of the connection that stands were taken over. */
    read: 0,
    take: (messages: readonly Message[], of: string | undefined, waiting: Draft[]) => {
      epoch = of ?? epoch
      for (const message of messages) {
        held.set(message.id, message)
        const place = waiting.findIndex(({ id }) => id === message.id)
        if (place >= 0) waiting.splice(place, 1)
        const bubbles: HistoryBubble[] = whole().map((entry) => ({ id: entry.id, seq: entry.order, key: textOf(entry) }))
        for (const { id, k, body } of waiting) bubbles.push({ id, seq: null, key: textOf({ k, body }), state: 'pending' })
        history.record(party, { type: 'view', c: message.c, bubbles })
      }
    },
    position: (c: string): LogPosition | undefined => {
      const last = whole().at(-1)
      return last && { c, epoch, have: last.order, cursor: last.cursor }
    }
  }
}
