import type { Draft, Message, QueuePlace, RequestAccepted, RequestDraft, RequestRefused, SessionEvent } from '@porchlight/core'
import {
  type Availability,
  ChatError,
  checkAnswers,
  type ErrorCode,
  keptFields,
  limits,
  type Participant,
  randomText,
  requestReference,
  type SiteInfo,
  uuidv7
} from '@porchlight/protocol'
import { copyTables, type MemoryCopy, restoreTables } from './memory-copy.js'
import { createMemoryHome, type MemoryAvailability } from './memory-home.js'
import { createMemoryLog, type LogRules, type MemoryLog } from './memory-log.js'
import { createMemoryOperator, type MemoryOperator } from './memory-operator.js'

export type { MemoryAvailability } from './memory-home.js'
export type { MemoryOperator } from './memory-operator.js'

/** Options of {@link createMemoryBackend}. */
export interface MemoryBackendOptions {
  /** `dense` (default): orders without holes. `cursor`: orders that only grow, as foreign backends have them. */
  readonly order?: 'dense' | 'cursor' | undefined
  /** Default true. False: the same id twice is stored twice, as foreign backends do, and `reconcile` is there to prevent it. */
  readonly idempotentSend?: boolean | undefined
  /** Names of the operators who answer in each department. Default: there are none, and whatever a page names is the whole backend. */
  readonly departments?: Readonly<Record<string, readonly string[]>> | undefined
  /** Refuses a draft for good with the code it answers, to see how failures look. Default: refuses nothing. */
  readonly refuse?: ((draft: Draft) => ErrorCode | undefined) | undefined
  /** Hears of every entry that is stored, and after a restore of every one that stands again, under the new epoch. */
  readonly onStored?: ((message: Message, epoch: string) => void) | undefined
  /** What the site asks for in its form, and says by itself. Default: nothing. */
  readonly site?: SiteInfo | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

/** A request as the backend keeps it. */
export interface MemoryRequest extends RequestAccepted {
  readonly c: string
  readonly fields: RequestDraft['fields']
  readonly department: string | null
}

/** One end of a session inside the backend. */
export interface MemoryMember {
  readonly you: Participant
  readonly device: string
  readonly logs: Set<string>
  /** Whom its page is for; set by whoever joins. */
  department?: string | undefined
  /** What it was told last about who is home. */
  told?: Availability
  /** Where events go; set by whoever joins. */
  emit: (event: SessionEvent) => void
}

/** A whole backend in memory, from the operator's side and from the test's. */
export interface MemoryBackend {
  /** Somebody who answers. The same name gives the same operator. Signed in and not available until `available(true)`. */
  readonly operator: (who: { readonly name: string }) => MemoryOperator
  /** Who is home; for a visitor, an operator who stands in his conversation is. `department` is what his page names. */
  readonly availability: (visitor?: Participant, department?: string) => Availability
  /** Overrides who is home; null goes back to what the operators say. */
  readonly setAvailability: (availability: MemoryAvailability | null) => void
  /** What the site asks for and says by itself. */
  readonly site: () => SiteInfo
  /** Another form, other words, from now on. */
  readonly setSite: (site: SiteInfo) => void
  /** Tells a visitor his place in line; null: he waits no more. */
  readonly setPlace: (visitor: Participant, place: QueuePlace | null) => void
  /** Every log, newest last. */
  readonly logs: () => readonly MemoryLog[]
  readonly requests: () => readonly MemoryRequest[]
  /** Breaks every session and refuses new ones until `restore()`. */
  readonly cut: () => void
  readonly restore: () => void
  readonly isCut: () => boolean
  /** Pretends that the backend came back from a backup: a new epoch, and only the first `keep` entries of each log. */
  readonly rewind: (keep: number) => void
  /** What it holds now, for {@link MemoryBackend.restoreCopy}. */
  readonly copy: () => MemoryCopy
  /** Comes back from a copy: a new epoch, and whoever and whatever came later is unknown. Breaks every session. */
  readonly restoreCopy: (copy: MemoryCopy) => void

  /** For the adapter: a member, who hears everything once its `emit` is set. */
  readonly join: (token: string, device: string, operator?: Participant) => MemoryMember
  readonly leave: (member: MemoryMember) => void
  /** Whoever has this credential is nobody any more, and leaves. */
  readonly revoke: (token: string | undefined) => void
  readonly log: (c: string, you: Participant) => MemoryLog
  readonly open: (id: string, visitor: Participant, department?: string) => MemoryLog
  readonly request: (draft: RequestDraft, visitor: Participant) => MemoryRequest | RequestRefused
  /** Tells everybody who follows log `c`, except one. */
  readonly tell: (c: string, event: SessionEvent, except?: MemoryMember) => void
  readonly rules: LogRules
}

/**
 * An empty backend in this process, to be joined through `memoryAdapter`.
 *
 * @example
 * ```ts
 * import { createMemoryBackend } from '@porchlight/adapters/memory'
 *
 * const backend = createMemoryBackend()
 * backend.operator({ name: 'Ben' }).available(true)
 * console.log(backend.availability().state) // online
 * ```
 */
export function createMemoryBackend(options: MemoryBackendOptions = {}): MemoryBackend {
  const now = options.now ?? Date.now
  const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)
  const rules: LogRules = {
    order: options.order ?? 'dense',
    idempotentSend: options.idempotentSend ?? true,
    refuse: (draft) => (isTooLong(draft) ? 'too_large' : options.refuse?.(draft)),
    onStored: (message, epoch) => options.onStored?.(message, epoch),
    now,
    makeId: () => uuidv7(now(), random)
  }
  const logs = new Map<string, MemoryLog>()
  const opened = new Map<string, MemoryLog>()
  const members = new Set<MemoryMember>()
  const operators = new Map<string, MemoryOperator>()
  const visitors = new Map<string, Participant>()
  const requests = new Map<string, MemoryRequest>()
  const tables = { logs, opened, visitors, requests }
  const { departments = {} } = options
  const home = createMemoryHome({ operators, logs, departments })
  let override: MemoryAvailability | null = null
  let site = options.site ?? {}
  let isCut = false

  const tell: MemoryBackend['tell'] = (c, event, except) => {
    for (const member of members) if (member !== except && member.logs.has(c)) member.emit(event)
  }
  const tellHome = () => {
    for (const member of members) {
      const own = home.of(member.you, member.department)
      if (own.rev === member.told?.rev && own.state === member.told.state) continue
      member.told = own
      member.emit({ type: 'availability', availability: own })
    }
  }
  const publishAvailability = () => {
    home.look(override)
    tellHome()
  }

  /** A department that there is not is the whole backend. */
  const departmentOf = (name: string | undefined) => (name !== undefined && Object.hasOwn(departments, name) ? name : null)
  const open: MemoryBackend['open'] = (id, visitor, name) => {
    const there = opened.get(`${visitor.id} ${id}`)
    if (there) return there
    const log = createMemoryLog(`c_${randomText(16, random)}`, { visitor, department: departmentOf(name) }, rules)
    logs.set(log.c, log)
    opened.set(`${visitor.id} ${id}`, log)
    tellHome()
    return log
  }
  const log: MemoryBackend['log'] = (c, you) => {
    const found = logs.get(c)
    if (!found || (you.role === 'visitor' && found.visitor.id !== you.id)) throw new ChatError('conversation_gone', 'no such conversation')
    return found
  }

  const request: MemoryBackend['request'] = (draft, visitor) => {
    const there = requests.get(draft.id)
    // A key belongs to the visitor who used it first.
    const isSame = there && logs.get(there.c)?.visitor.id === visitor.id && JSON.stringify(there.fields) === JSON.stringify(draft.fields)
    if (there && !isSame) throw new ChatError('id_conflict', 'another request has this id')
    if (there) return there
    const problems = checkAnswers(site.form, draft.fields)
    if (Object.keys(problems).length > 0) return { problems }
    const own = [...logs.values()].find((candidate) => candidate.visitor.id === visitor.id) ?? open(draft.id, visitor, draft.department)
    const department = departmentOf(draft.department) ?? own.department
    const made = { id: draft.id, reference: requestReference(random), c: own.c, fields: draft.fields, department, createdAt: now() }
    requests.set(draft.id, made)
    const message = own.append(visitor, 'request', {
      request: made.id,
      reference: made.reference,
      fields: keptFields(draft.fields, site.form, draft.locale)
    })
    tell(own.c, { type: 'message', message, epoch: own.state().epoch })
    return made
  }

  const backend: MemoryBackend = {
    operator: ({ name }) => {
      const operator = operators.get(name) ?? createMemoryOperator(backend, name, publishAvailability)
      operators.set(name, operator)
      publishAvailability()
      return operator
    },
    availability: home.of,
    setAvailability: (next) => {
      override = next
      publishAvailability()
    },
    site: () => site,
    setSite: (next) => {
      site = next
      for (const member of members) member.emit({ type: 'site', site })
    },
    setPlace: (visitor, place) => {
      for (const { you, emit } of members) if (you.id === visitor.id) emit({ type: 'queue', place })
    },
    logs: () => [...logs.values()],
    requests: () => [...requests.values()],
    cut: () => {
      isCut = true
      const error = new ChatError('network', 'the memory backend is cut off')
      for (const member of [...members]) {
        members.delete(member)
        member.emit({ type: 'closed', error })
      }
    },
    restore: () => {
      isCut = false
    },
    isCut: () => isCut,
    rewind: (keep) => {
      for (const known of logs.values()) known.setEpoch(`e${rules.makeId()}`, keep)
      backend.cut()
      backend.restore()
    },
    copy: () => copyTables(tables),
    restoreCopy: (copy) => {
      restoreTables(tables, copy, `e${rules.makeId()}`)
      backend.cut()
      backend.restore()
    },
    join: (token, device, operator) => {
      const you = operator ?? visitors.get(token) ?? { role: 'visitor', id: `v_${randomText(9, random)}` }
      if (!operator) visitors.set(token, you)
      const member: MemoryMember = { you, device, logs: new Set(), emit: () => undefined }
      members.add(member)
      return member
    },
    leave: (member) => void members.delete(member),
    revoke: (token = '') => {
      const visitor = visitors.get(token)
      visitors.delete(token)
      const error = new ChatError('unauthorized', 'the credential was revoked')
      for (const member of [...members]) {
        if (member.you !== visitor) continue
        members.delete(member)
        member.emit({ type: 'closed', error })
      }
    },
    log,
    open,
    request,
    tell,
    rules
  }
  return backend
}

function isTooLong({ body }: Draft): boolean {
  return [...String(body['text'] ?? '')].length > limits.textMaxCodePoints
}
