import { ChatError, type ErrorCode, type RequestFields, toChatError, uuidv7 } from '@porchlight/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import type { RequestAccepted, Session } from '../adapter.js'
import type { RequestView } from '../chat.types.js'
import { backoffMs } from '../connection/backoff.js'
import { randomFraction } from '../connection/random-fraction.js'
import type { Env } from '../env/env.js'
import type { HeldRequest, SavedDraft } from './drafts.js'
import { checkFields, type Problems, packFields } from './request-fields.js'

/** Longest wait for the backend's word before the request counts as held. */
const answerMs = 15_000

type Contact = Omit<Partial<RequestFields>, 'text'>

/** What a request form works with. */
export interface RequestOptions {
  readonly env: Env
  readonly locale: string | undefined
  /** The composer's text is the form's question: whatever becomes of the mode, it is the same text. */
  readonly text: () => string
  readonly setText: (text: string) => void
  /** Something that a reload must find again has changed. Resolves when it is kept. */
  readonly keep: () => Promise<void>
  /** The open session, or the next one. */
  readonly nextSession: () => Promise<Session>
  readonly session: () => Session | null
  readonly onAccepted: (accepted: RequestAccepted) => void
  /** Called after every change of the form. */
  readonly onChange: () => void
}

/** The request form, from the first keystroke to the reference. */
export interface RequestForm {
  readonly $request: ReadableAtom<RequestView>
  /** Whether it must not go away by itself. */
  readonly isInUse: () => boolean
  readonly saved: () => Omit<SavedDraft, 'text'>
  readonly restore: (saved: SavedDraft) => void
  /** The user sees the form from now on. */
  readonly shown: () => void
  readonly edit: (fields: Partial<RequestFields>) => void
  readonly leave: (fields?: Partial<RequestFields>, website?: string) => Promise<void>
  readonly renew: () => void
  /** Shows the text anew. */
  readonly refresh: () => void
  /** Another session: what is held goes out. */
  readonly restart: () => void
  readonly clear: () => void
  readonly stop: () => void
}

/** A form without fields. */
export function createRequestForm(options: RequestOptions): RequestForm {
  const { env } = options
  let id: string | undefined
  let contact: Contact = {}
  let held: HeldRequest | undefined
  let shownAt: number | undefined
  let attempt = 0
  let isSending = false
  let stopWaiting: (() => void) | undefined
  let view: Pick<RequestView, 'state' | 'problems' | 'receipt' | 'error'> = { state: 'idle', problems: {}, receipt: null }
  const $request = atom<RequestView>({ ...view, fields: {} })

  const refresh = () => {
    const text = options.text()
    $request.set({ ...view, fields: held?.fields ?? { ...contact, ...(text === '' ? {} : { text }) } })
  }
  const show = (state: RequestView['state'], more: { problems?: Problems; receipt?: RequestView['receipt']; error?: ErrorCode } = {}) => {
    view = { state, problems: {}, receipt: null, ...more }
    refresh()
    options.onChange()
  }

  const edit = (fields: Partial<RequestFields>) => {
    if (held) return
    id ??= uuidv7(env.now(), env.random)
    shownAt ??= env.monotonic()
    const { text, ...rest } = fields
    contact = { ...contact, ...rest }
    if (text !== undefined) options.setText(text)
    const fixed = Object.fromEntries(Object.entries(view.problems).filter(([field]) => !(field in fields)))
    show(Object.keys(fixed).length > 0 ? 'needs_fix' : 'draft', { problems: fixed })
    void options.keep()
  }

  const accept = (accepted: RequestAccepted, sent: HeldRequest) => {
    held = undefined
    id = undefined
    contact = {}
    attempt = 0
    if (options.text() === sent.fields.text) options.setText('')
    show('accepted', { receipt: { reference: accepted.reference, createdAt: accepted.createdAt } })
    options.onAccepted(accepted)
  }

  const refuse = (problems: Problems, error?: ErrorCode) => {
    held = undefined
    show('needs_fix', { problems, ...(error ? { error } : {}) })
  }

  const failed = (error: ChatError) => {
    if (error.code === 'id_conflict' && held) {
      // Another tab sent the same draft with other words. This one is another request.
      held = { ...held, id: uuidv7(env.now(), env.random) }
    } else if (error.retry === 'never') return refuse({}, error.code)
    show('held', { error: error.code })
    if (!options.session()) return
    const random = () => randomFraction(env.random)
    stopWaiting?.()
    stopWaiting = env.setTimer(() => void submit(), backoffMs({ attempt: attempt++, isVisible: true, afterMs: error.afterMs, random }))
  }

  const submit = async () => {
    const sent = held
    if (!sent || isSending) return
    isSending = true
    show('sending')
    try {
      const session = await options.nextSession()
      const result = await answerOf(env, session, { ...sent, ...about(env, options.locale) })
      if ('problems' in result) refuse(result.problems)
      else accept(result, sent)
    } catch (error) {
      failed(toChatError(error, 'network'))
    }
    isSending = false
    await options.keep()
  }

  return {
    $request,
    isInUse: () => view.state !== 'idle',
    saved: () => ({ fields: contact, ...(id ? { requestId: id } : {}), ...(held ? { held } : {}) }),
    restore: (saved) => {
      contact = saved.fields
      id = saved.requestId
      held = saved.held
      if (held) show('held')
      else if (Object.keys(contact).length > 0) show('draft')
    },
    shown: () => {
      shownAt ??= env.monotonic()
    },
    edit,
    leave: async (fields, website) => {
      if (held) return submit()
      const seenMs = shownAt === undefined ? undefined : Math.round(env.monotonic() - shownAt)
      if (fields) edit(fields)
      const problems = checkFields({ ...contact, text: options.text() })
      if (Object.keys(problems).length > 0) return refuse(problems)
      id ??= uuidv7(env.now(), env.random)
      held = {
        id,
        fields: packFields({ ...contact, text: options.text() }),
        ...(seenMs === undefined ? {} : { shownMs: seenMs }),
        ...(website ? { website } : {})
      }
      show('sending')
      await options.keep()
      await submit()
    },
    renew: () => {
      if (view.state === 'accepted') show('idle')
      shownAt = undefined
    },
    refresh,
    restart: () => {
      attempt = 0
      stopWaiting?.()
      if (held) void submit()
    },
    clear: () => {
      id = undefined
      held = undefined
      contact = {}
      shownAt = undefined
      stopWaiting?.()
      show('idle')
    },
    stop: () => stopWaiting?.()
  }
}

function about(env: Env, locale: string | undefined): { page?: string; locale?: string } {
  const page = env.page()?.url
  return { ...(page ? { page } : {}), ...(locale ? { locale } : {}) }
}

/** The backend's word within 15 seconds. */
async function answerOf(env: Env, session: Session, draft: Parameters<NonNullable<Session['request']>>[0]) {
  if (!session.request) throw new ChatError('unsupported', 'this backend takes no requests')
  const answer = session.request(draft)
  let stop: (() => void) | undefined
  const late = new Promise<never>((_, reject) => {
    stop = env.setTimer(() => reject(new ChatError('timeout', 'no answer to the request in time')), answerMs)
  })
  return Promise.race([answer, late]).finally(stop)
}
