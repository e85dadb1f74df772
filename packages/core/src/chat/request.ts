import { type ErrorCode, type RequestFields, type RequestForm as RequestFormShape, uuidv7 } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { RequestAccepted } from '../adapter.js'
import type { RequestView } from '../chat.types.js'
import { createStore } from '../store.js'
import type { HeldRequest, SavedDraft } from './drafts.js'
import { checkFields, knownFields, type Problems, packFields, plainText } from './request-fields.js'
import { createRequestQueue, type RequestQueueOptions } from './request-queue.js'
import { createStrayRequests, type StrayRequestsOptions } from './stray-requests.js'

/** What a request form works with. */
export interface RequestFormOptions extends Omit<RequestQueueOptions, 'drafts' | 'onState' | 'onAccepted' | 'onRefused'> {
  readonly drafts: RequestQueueOptions['drafts'] & StrayRequestsOptions['drafts']
  /** Whom requests of this page are for. */
  readonly department?: string | undefined
  /** The composer's text is the form's question: whatever becomes of the mode, it is the same text. */
  readonly text: () => string
  readonly setText: (text: string) => void
  /** Fields that a reload must find again have changed. */
  readonly keep: () => void
  readonly onAccepted: (accepted: RequestAccepted, id: string) => void
  /** What the site asks for beside the rest. */
  readonly form: () => RequestFormShape | undefined
  /** What this user told in an earlier request; it need not be typed again. */
  readonly told: () => Partial<RequestFields>
  /** Called after every change of the form. */
  readonly onChange: () => void
}

/** The request form, from the first keystroke to the reference. */
export interface RequestForm {
  readonly $request: ReadableAtom<RequestView>
  /** Whether it must not go away by itself. */
  readonly isInUse: () => boolean
  /** A request is on its way, or waits for it. */
  readonly isWaiting: () => boolean
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
  /** What other pages of this browser hold goes out from here, unless they send it themselves. */
  readonly lookForStrays: () => void
  /** Another page had the request accepted. */
  readonly accepted: (id: string, accepted: RequestAccepted) => void
  readonly clear: () => void
}

/** An empty form. */
export function createRequestForm(options: RequestFormOptions): RequestForm {
  const { env } = options
  let id: string | undefined
  let contact: Partial<RequestFields> = {}
  let shownAt: number | undefined
  let view: Omit<RequestView, 'fields'> = { state: 'idle', problems: {}, receipt: null }
  const $request = createStore<RequestView>({ ...view, fields: {} })

  const refresh = () => {
    const text = options.text()
    $request.set({
      ...view,
      fields: (view.state !== 'needs_fix' && queue.first()?.fields) || { ...options.told(), ...contact, ...(text ? { text } : {}) }
    })
  }
  const show = (state: RequestView['state'], more: Partial<Pick<RequestView, 'problems' | 'receipt' | 'error'>> = {}) => {
    view = { state, problems: {}, receipt: null, ...more }
    refresh()
    options.onChange()
  }

  const queue = createRequestQueue({
    ...options,
    onState: (state, error) => show(state, { error }),
    onAccepted: (accepted, sent) => {
      id = undefined
      contact = {}
      if (plainText(options.text()) === sent.fields.text) options.setText('')
      show('accepted', { receipt: { reference: accepted.reference, createdAt: accepted.createdAt } })
      options.onAccepted(accepted, sent.id)
      options.keep()
    },
    onRefused: (problems: Problems, sent: HeldRequest, error?: ErrorCode) => {
      // What was refused is a draft again, also where an earlier page held it.
      const { text, ...rest } = sent.fields
      contact = rest
      // What may be stored under its key goes out under another one, if the user sends it once more.
      id = error === 'timeout' ? undefined : sent.id
      const typed = options.text()
      if (plainText(typed) !== text) options.setText(typed ? `${text}\n\n${typed}` : text)
      show('needs_fix', { problems, error })
      options.keep()
    }
  })

  const strays = createStrayRequests({ ...options, isOwn: queue.has })

  const newId = () => uuidv7(env.now(), env.random)
  const edit = (fields: Partial<RequestFields>) => {
    if (queue.first()) return
    id ??= newId()
    shownAt ??= env.monotonic()
    const known = knownFields(fields)
    const { text, custom, ...rest } = known
    contact = { ...contact, ...rest, ...(custom ? { custom: { ...contact.custom, ...custom } } : {}) }
    if (text !== undefined) options.setText(text)
    const edited = { ...known, ...Object.fromEntries(Object.keys(custom ?? {}).map((name) => [`custom.${name}`, true])) }
    const problems = Object.fromEntries(Object.entries(view.problems).filter(([field]) => !(field in edited)))
    show(Object.keys(problems).length > 0 ? 'needs_fix' : 'draft', { problems })
    options.keep()
  }

  const leave = async (fields?: Partial<RequestFields>, website?: string) => {
    if (queue.first()) return queue.send()
    const shownMs = shownAt === undefined ? undefined : Math.round(env.monotonic() - shownAt)
    if (fields) edit(fields)
    const packed = packFields({ ...options.told(), ...contact, text: options.text() })
    const problems = checkFields(packed, options.form())
    if (Object.keys(problems).length > 0) return show('needs_fix', { problems })
    id ??= newId()
    await queue.add({ id, fields: packed, shownMs, website: website || undefined, department: options.department })
  }

  return {
    $request,
    isInUse: () => view.state !== 'idle',
    isWaiting: () => /sending|held/.test(view.state),
    draft: () => ({ fields: contact, requestId: id }),
    restore: (draft, held) => {
      contact = draft?.fields ?? {}
      id = draft?.requestId
      if (Object.keys(contact).length > 0) show('draft')
      queue.restore(held)
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
    restart: queue.restart,
    lookForStrays: strays.look,
    accepted: queue.accepted,
    clear: () => {
      strays.clear()
      id = shownAt = undefined
      contact = {}
      queue.clear()
      show('idle')
    }
  }
}
