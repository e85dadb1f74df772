import type { RequestFields } from '@porchlight/protocol'
import type { DeviceStorage, Env } from '../env/env.js'

const key = 'draft'
const debounceMs = 300

/** A request that waits for a connection, exactly as it goes out. */
export interface HeldRequest {
  readonly id: string
  readonly fields: RequestFields
  readonly shownMs?: number
  readonly website?: string
}

/** Everything typed and not yet sent. */
export interface SavedDraft {
  /** What stands in the composer, and in the form's question. */
  readonly text: string
  /** The form's other fields. */
  readonly fields: Partial<RequestFields>
  /** The form's id, made with its first keystroke. */
  readonly requestId?: string
  readonly held?: HeldRequest
}

/** Keeps what is typed: in this tab at once, on the device a moment later. */
export interface Drafts {
  readonly load: () => Promise<SavedDraft | undefined>
  readonly save: (draft: SavedDraft) => void
  /** Resolves when the newest draft is on the device. */
  readonly flush: () => Promise<void>
  /** Forgets what was to be kept. */
  readonly drop: () => void
}

/** Drafts in `storage`. */
export function createDrafts(env: Env, storage: DeviceStorage): Drafts {
  let newest: SavedDraft | undefined
  let stopWaiting: (() => void) | undefined

  const flush = async () => {
    stopWaiting?.()
    stopWaiting = undefined
    const draft = newest
    newest = undefined
    if (draft) await storage.large.update(key, () => (isEmpty(draft) ? undefined : draft))
  }

  return {
    load: async () => parseDraft(storage.tab.read(key)) ?? parseDraft(await storage.large.read(key)),
    save: (draft) => {
      newest = draft
      storage.tab.write(key, draft)
      stopWaiting ??= env.setTimer(() => void flush(), debounceMs)
    },
    flush,
    drop: () => {
      newest = undefined
      stopWaiting?.()
      stopWaiting = undefined
    }
  }
}

function isEmpty(draft: SavedDraft): boolean {
  return draft.text === '' && Object.keys(draft.fields).length === 0 && !draft.held
}

function parseDraft(value: unknown): SavedDraft | undefined {
  const draft = value as Partial<SavedDraft> | null | undefined
  return typeof draft?.text === 'string' && typeof draft.fields === 'object' && draft.fields !== null ? (draft as SavedDraft) : undefined
}
