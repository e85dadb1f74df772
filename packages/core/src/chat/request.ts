import { ChatError, type ErrorCode, type RequestFields, toChatError, uuidv7 } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { RequestAccepted, RequestDraft, RequestRefused, Session } from '../adapter.js'
import type { RequestView } from '../chat.types.js'
import { retryDelayMs } from '../connection/backoff.js'
import type { Env } from '../env/env.js'
import { createStore } from '../store.js'
import type { HeldRequest, SavedDraft } from './drafts.js'
import { checkFields, type Problems, packFields } from './request-fields.js'

/** Longest wait for the backend's word before the request counts as held. */
const answerMs = 15_000

type Contact = Omit<Partial<RequestFields>, 'text'>

/** What a request form works with. */
export interface RequestFormOptions {
  readonly env: Env
  readonly locale: string | undefined
  /** The composer's text is the form's question: whatever becomes of the mode, it is the same text. */
  readonly text: () => string
  readonly setText: (text: string) => void
  /** Fields that a reload must find again have changed. */
  readonly keep: () => void
  readonly hold: (request: HeldRequest) => Promise<void>
  readonly release: (id: string) => Promise<void>
  readonly session: () => Session | null
  /** The open session, or the next one. */
  readonly nextSession: () => Promise<Session>
  readonly onAccepted: (accepted: RequestAccepted) => void
  /** Called after every change of the form. */
  readonly onChange: () => void
}

/** The request form, from the first keystroke to the reference. */
export interface RequestForm {
  readonly $request: ReadableAtom<RequestView>
  /** Whether it must not go away by itself. */
  readonly isInUse: () => boolean
  readonly isOnItsWay: () => boolean
  readonly draft: () => Omit<SavedDraft, 'text'>
  readonly restore: (draft: SavedDraft | undefined, held: readonly HeldRequest[]) => void
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

/** An empty form. */
export function createRequestForm(options: RequestFormOptions): RequestForm {
  const { env } = options
  let id: string | undefined
  let contact: Contact = {}
  /** Requests on their way, oldest first; the first is the one on show. */
  let held: readonly HeldRequest[] = []
  let shownAt: number | undefined
  let attempt = 0
  let isSending = false
  let stopWaiting: (() => void) | undefined
  let view: Omit<RequestView, 'fields'> = { state: 'idle', problems: {}, receipt: null }
  const $request = createStore<RequestView>({ ...view, fields: {} })

  const refresh = () => {
    const text = options.text()
    $request.set({ ...view, fields: held[0]?.fields ?? { ...contact, ...(text === '' ? {} : { text }) } })
  }
  const show = (state: RequestView['state'], more: Partial<Pick<RequestView, 'problems' | 'receipt' | 'error'>> = {}) => {
    view = { state, problems: {}, receipt: null, ...more }
    refresh()
    options.onChange()
  }

  const edit = (fields: Partial<RequestFields>) => {
    if (held.length > 0) return
    id ??= uuidv7(env.now(), env.random)
    shownAt ??= env.monotonic()
    const { text, ...rest } = fields
    contact = { ...contact, ...rest }
    if (text !== undefined) options.setText(text)
    const problems = without(view.problems, fields)
    show(Object.keys(problems).length > 0 ? 'needs_fix' : 'draft', { problems })
    options.keep()
  }

  const release = async (sent: HeldRequest) => {
    held = held.filter((known) => known.id !== sent.id)
    await options.release(sent.id)
  }

  const accept = async (accepted: RequestAccepted, sent: HeldRequest) => {
    id = undefined
    contact = {}
    attempt = 0
    if (options.text() === sent.fields.text) options.setText('')
    const released = release(sent)
    show('accepted', { receipt: { reference: accepted.reference, createdAt: accepted.createdAt } })
    options.onAccepted(accepted)
    options.keep()
    await released
  }

  const refuse = async (sent: HeldRequest, problems: Problems, error?: ErrorCode) => {
    // What was refused is a draft again, also where an earlier page held it.
    const { text, ...rest } = sent.fields
    contact = rest
    id = sent.id
    if (options.text() === '') options.setText(text)
    const released = release(sent)
    show('needs_fix', { problems, ...(error ? { error } : {}) })
    options.keep()
    await released
  }

  const failed = async (error: ChatError, sent: HeldRequest) => {
    if (error.code === 'id_conflict') {
      // Another tab sent the same draft with other words; this one is another request.
      const other = { ...sent, id: uuidv7(env.now(), env.random) }
      await options.hold(other)
      await release(sent)
      held = [other, ...held]
    } else if (error.retry === 'never') return refuse(sent, {}, error.code)
    show('held', { error: error.code })
    if (!options.session()) return
    stopWaiting?.()
    stopWaiting = env.setTimer(() => void submit(), retryDelayMs(env, attempt++, error.afterMs))
  }

  const submit = async () => {
    const sent = held[0]
    if (!sent || isSending) return
    isSending = true
    show('sending')
    try {
      const result = await answerOf(env, await options.nextSession(), { ...sent, ...contextOf(env, options.locale) })
      if ('problems' in result) await refuse(sent, result.problems)
      else await accept(result, sent)
    } catch (error) {
      await failed(toChatError(error, 'network'), sent)
    }
    isSending = false
    if (held.length > 0 && view.state === 'accepted') void submit()
  }

  const leave = async (fields?: Partial<RequestFields>, website?: string) => {
    if (held.length > 0) return submit()
    const shownMs = shownAt === undefined ? undefined : Math.round(env.monotonic() - shownAt)
    if (fields) edit(fields)
    const all = { ...contact, text: options.text() }
    const problems = checkFields(all)
    if (Object.keys(problems).length > 0) return show('needs_fix', { problems })
    id ??= uuidv7(env.now(), env.random)
    const request = { id, fields: packFields(all), ...(shownMs === undefined ? {} : { shownMs }), ...(website ? { website } : {}) }
    held = [request]
    show('sending')
    await options.hold(request)
    await submit()
  }

  return {
    $request,
    isInUse: () => view.state !== 'idle',
    isOnItsWay: () => held.length > 0,
    draft: () => ({ fields: contact, ...(id ? { requestId: id } : {}) }),
    restore: (draft, requests) => {
      contact = draft?.fields ?? {}
      id = draft?.requestId
      held = requests
      if (held.length > 0) show('held')
      else if (Object.keys(contact).length > 0) show('draft')
    },
    shown: () => {
      shownAt ??= env.monotonic()
    },
    edit,
    leave,
    renew: () => {
      shownAt = undefined
      if (view.state === 'accepted') show('idle')
    },
    refresh,
    restart: () => {
      attempt = 0
      stopWaiting?.()
      void submit()
    },
    clear: () => {
      id = shownAt = undefined
      contact = {}
      held = []
      stopWaiting?.()
      show('idle')
    },
    stop: () => stopWaiting?.()
  }
}

function without(problems: Problems, fields: object): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => !(field in fields)))
}

function contextOf(env: Env, locale: string | undefined): { page?: string; locale?: string } {
  const page = env.page()?.url
  return { ...(page ? { page } : {}), ...(locale ? { locale } : {}) }
}

/** The backend's word within 15 seconds. */
async function answerOf(env: Env, session: Session, draft: RequestDraft): Promise<RequestAccepted | RequestRefused> {
  if (!session.request) throw new ChatError('unsupported', 'this backend takes no requests')
  let stop: (() => void) | undefined
  const late = new Promise<never>((_, reject) => {
    stop = env.setTimer(() => reject(new ChatError('timeout', 'no answer to the request in time')), answerMs)
  })
  return Promise.race([session.request(draft), late]).finally(stop)
}
