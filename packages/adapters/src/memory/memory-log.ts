import type { Draft, HistoryPage, HistoryQuery, LogState, Message, SendOutcome } from '@porchlight/core'
import { ChatError, type ErrorCode, type Participant } from '@porchlight/protocol'

/** How a memory backend numbers and repeats. */
export interface LogRules {
  readonly order: 'dense' | 'cursor'
  readonly idempotentSend: boolean
  readonly now: () => number
  readonly makeId: () => string
  /** A code refuses the draft for good. */
  readonly refuse: (draft: Draft) => ErrorCode | undefined
  /** An entry was added, or stands under a new epoch. */
  readonly onStored: (message: Message, epoch: string) => void
}

/** Everything of a log at one moment. */
export interface MemoryLogCopy {
  readonly messages: readonly Message[]
  readonly devices: ReadonlyMap<string, { readonly lastN: number; readonly refused: ReadonlyMap<string, ErrorCode> }>
  readonly receipts: MemoryLog['receipts']
  readonly state: 'open' | 'closed'
}

/** One author's device in one log. */
interface DeviceCount {
  lastN: number
  readonly refused: Map<string, ErrorCode>
}

/** A log with its numbers, its devices' counts and its readers' positions. */
export interface MemoryLog {
  readonly c: string
  readonly visitor: Participant
  /** Null: the whole backend. */
  readonly department: string | null
  readonly messages: readonly Message[]
  readonly receipts: ReadonlyMap<string, { readonly by: Participant; readonly delivered: number; readonly read: number }>
  readonly state: (device?: string) => LogState
  readonly append: (by: Participant, k: string, body: Message['body'], id?: string) => Message
  readonly accept: (draft: Draft, by: Participant, device: string) => SendOutcome
  readonly page: (query: HistoryQuery, device: string) => HistoryPage
  readonly mark: (by: Participant, delivered: number, read: number) => { delivered: number; read: number } | undefined
  readonly setState: (state: 'open' | 'closed') => void
  readonly setEpoch: (epoch: string, keep: number) => void
  readonly copy: () => MemoryLogCopy
  /** Becomes what a copy says, under another epoch. */
  readonly restore: (copy: MemoryLogCopy, epoch: string) => void
}

/** An empty log. */
export function createMemoryLog(c: string, { visitor, department }: Pick<MemoryLog, 'visitor' | 'department'>, rules: LogRules): MemoryLog {
  const messages: Message[] = []
  const devices = new Map<string, DeviceCount>()
  const receipts = new Map<string, { by: Participant; delivered: number; read: number }>()
  let epoch = 'e1'
  let state: 'open' | 'closed' = 'open'
  let updatedAt = rules.now()

  const head = () => messages.at(-1)?.order ?? 0
  const countOf = (device: string): DeviceCount => {
    const count = devices.get(device) ?? { lastN: 0, refused: new Map() }
    devices.set(device, count)
    return count
  }

  const append: MemoryLog['append'] = (by, k, body, id = rules.makeId()) => {
    updatedAt = rules.now()
    const order = rules.order === 'dense' ? messages.length + 1 : head() + 3
    const isTaken = messages.some((message) => message.id === id)
    const message = { c, id: isTaken ? rules.makeId() : id, cursor: `${order}`, order, at: updatedAt, by, k, body }
    messages.push(message)
    rules.onStored(message, epoch)
    return message
  }

  const accept: MemoryLog['accept'] = (draft, by, device) => {
    const count = countOf(device)
    const known = rules.idempotentSend ? messages.find(({ id }) => id === draft.id) : undefined
    if (known) {
      if (JSON.stringify(known.body) !== JSON.stringify(draft.body)) throw new ChatError('id_conflict', 'the id is taken by another text')
      return { outcome: 'stored', message: known }
    }
    const earlier = draft.n <= count.lastN ? count.refused.get(`${draft.n} ${draft.id}`) : undefined
    if (earlier) throw new ChatError(earlier, 'refused before')
    if (rules.idempotentSend && draft.n !== count.lastN + 1) return { outcome: 'order', expectN: count.lastN + 1 }
    count.lastN = draft.n
    const refusal = rules.refuse(draft)
    if (refusal) {
      count.refused.set(`${draft.n} ${draft.id}`, refusal)
      throw new ChatError(refusal, 'refused by the backend')
    }
    // A new entry reopens what was closed.
    if (state === 'closed') append({ role: 'system', id: 'system' }, 'status', { status: 'open' })
    state = 'open'
    return { outcome: 'stored', message: append(by, draft.k, draft.body, draft.id) }
  }

  const stateFor: MemoryLog['state'] = (device) => ({
    ...{ c, epoch, head: head(), state, department, updatedAt },
    ...(device === undefined ? {} : { lastN: countOf(device).lastN })
  })

  const page: MemoryLog['page'] = ({ after, before, limit }, device) => {
    const log = stateFor(device)
    if (after && (after.epoch !== epoch || after.have > head())) return { messages: [], more: false, log: { ...log, reset: true } }
    if (after) {
      const found = messages.filter(({ order }) => order > after.have)
      return { messages: found.slice(0, limit), more: found.length > limit, log }
    }
    const found = before ? messages.filter(({ order }) => order < before.order) : messages
    return { messages: found.slice(-limit), more: found.length > limit, log }
  }

  return {
    c,
    visitor,
    department,
    messages,
    receipts,
    state: stateFor,
    append,
    accept,
    page,
    mark: (by, delivered, read) => {
      const old = receipts.get(by.id)
      const next = { by, delivered: Math.min(head(), Math.max(old?.delivered ?? 0, delivered)), read: 0 }
      next.read = Math.min(next.delivered, Math.max(old?.read ?? 0, read))
      if (old && old.delivered === next.delivered && old.read === next.read) return undefined
      receipts.set(by.id, next)
      return next
    },
    setState: (next) => {
      state = next
    },
    setEpoch: (next, keep) => {
      epoch = next
      messages.splice(keep)
      devices.clear()
      receipts.clear()
      for (const message of messages) rules.onStored(message, epoch)
    },
    copy: () => ({
      messages: [...messages],
      devices: new Map([...devices].map(([device, { lastN, refused }]) => [device, { lastN, refused: new Map(refused) }])),
      receipts: new Map(receipts),
      state
    }),
    restore: (copy, next) => {
      epoch = next
      state = copy.state
      messages.splice(0, messages.length, ...copy.messages)
      devices.clear()
      for (const [device, { lastN, refused }] of copy.devices) devices.set(device, { lastN, refused: new Map(refused) })
      receipts.clear()
      for (const [id, receipt] of copy.receipts) receipts.set(id, receipt)
      for (const message of messages) rules.onStored(message, epoch)
    }
  }
}
