import type { RequestFields } from '@porchlight/protocol'
import type { DeviceStorage, Env } from '../env/env.js'

const draftKey = 'draft'
const heldKey = 'held'
const debounceMs = 300

/** What is being typed. */
export interface SavedDraft {
  /** What stands in the composer, and in the form's question. */
  readonly text: string
  /** The form's other fields. */
  readonly fields: Partial<RequestFields>
  /** The form's id, made with its first keystroke. */
  readonly requestId?: string | undefined
}

/** A request on its way, exactly as it goes out. */
export interface HeldRequest {
  readonly id: string
  readonly fields: RequestFields
  readonly shownMs?: number | undefined
  readonly website?: string | undefined
  /** Of the page that the form was on: another page may send it. */
  readonly department?: string | undefined
  /** Whom the backend knew as its author when it was made; undefined without a connection. */
  readonly madeBy?: string | undefined
  /** Under whom it was handed to a session, so that the backend may have it. */
  readonly sentBy?: string | undefined
}

/**
 * Keeps what is typed, and requests on their way: in this tab at once, on the device a moment later. Requests have a place of
 * their own, so that another tab with another draft cannot overwrite them.
 */
export interface Drafts {
  readonly load: () => Promise<{ readonly draft: SavedDraft | undefined; readonly held: readonly HeldRequest[] }>
  readonly save: (draft: SavedDraft) => void
  /** Keeps in this tab what is typed before `load` has read what stands here; the rest of that stays. */
  readonly note: (text: string) => void
  readonly flush: () => Promise<void>
  /** Resolves when the request would survive the end of the page. */
  readonly hold: (request: HeldRequest) => Promise<void>
  readonly release: (id: string) => Promise<void>
  /** All requests that are kept on the device, whichever page of this browser made them. */
  readonly allHeld: () => Promise<readonly HeldRequest[]>
  /** Keeps a request of another page as it goes out from here, unless it was released meanwhile. */
  readonly claim: (request: HeldRequest) => Promise<void>
  /** Forgets what was to be kept. */
  readonly drop: () => void
}

/** Drafts in `storage`; `onKept` runs after each write there, for it may have ended in a weaker place. */
export function createDrafts(env: Env, storage: DeviceStorage, onKept: () => void): Drafts {
  let newest: SavedDraft | undefined
  let stopWaiting: (() => void) | undefined

  const drop = () => {
    newest = undefined
    stopWaiting?.()
    stopWaiting = undefined
  }
  const flush = async () => {
    const draft = newest
    drop()
    if (!draft) return
    await storage.large.update(draftKey, () => (isEmpty(draft) ? undefined : draft))
    onKept()
  }
  const changeHeld = async (change: (held: readonly HeldRequest[]) => readonly HeldRequest[]) => {
    storage.tab.write(heldKey, change(listOf(storage.tab.read(heldKey))))
    await changeOnDevice(change)
  }
  const changeOnDevice = async (change: (held: readonly HeldRequest[]) => readonly HeldRequest[]) => {
    await storage.large.update(heldKey, (value) => change(listOf(value)))
    onKept()
  }
  const without = (id: string) => (held: readonly HeldRequest[]) => held.filter((known) => known.id !== id)

  return {
    load: async () => {
      const inTab = listOf(storage.tab.read(heldKey))
      const merge = (value: unknown) => [...inTab, ...listOf(value).filter(({ id }) => !inTab.some((known) => known.id === id))]
      // What a page that died in the moment of leaving it has kept in this tab alone must outlive the tab, too.
      const reading = inTab.length > 0 ? storage.large.update(heldKey, merge) : storage.large.read(heldKey)
      const [draft, held] = await Promise.all([storage.large.read(draftKey), reading])
      const noted = storage.tab.read(draftKey)
      return { draft: draftOf(noted) ?? draftOf({ fields: {}, ...(draft as object), ...(noted as object) }), held: listOf(held) }
    },
    save: (draft) => {
      newest = draft
      storage.tab.write(draftKey, draft)
      stopWaiting ??= env.setTimer(() => void flush(), debounceMs)
    },
    note: (text) => void storage.tab.write(draftKey, { ...(storage.tab.read(draftKey) as object), text }),
    flush,
    hold: (request) => changeHeld((held) => [...without(request.id)(held), request]),
    release: (id) => changeHeld(without(id)),
    allHeld: async () => listOf(await storage.large.read(heldKey)),
    claim: (request) => changeOnDevice((held) => held.map((known) => (known.id === request.id ? request : known))),
    drop
  }
}

function isEmpty({ text, fields }: SavedDraft): boolean {
  return text === '' && Object.keys(fields).length === 0
}

function draftOf(value: unknown): SavedDraft | undefined {
  const draft = value as Partial<SavedDraft> | null | undefined
  return typeof draft?.text === 'string' && typeof draft.fields === 'object' && draft.fields !== null ? (draft as SavedDraft) : undefined
}

function listOf(value: unknown): readonly HeldRequest[] {
  return Array.isArray(value) ? value.filter((item) => typeof item?.id === 'string' && typeof item.fields?.text === 'string') : []
}
