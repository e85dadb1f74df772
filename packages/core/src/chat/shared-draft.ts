import type { Hub } from '../connection/hub.js'

/** What a shared draft works with. */
export interface SharedDraftOptions {
  readonly hub: Pick<Hub, 'tell' | 'onWord'>
  readonly text: () => string
  /** Another tab's text may come into the composer. */
  readonly isFree: () => boolean
  readonly setText: (text: string) => void
}

/** One composer in all tabs of a browser. */
export interface SharedDraft {
  /** What stands in the composer is what the device kept: no news for other tabs. */
  readonly began: () => void
  /** The composer is being typed in, in this tab. */
  readonly typed: () => void
  /** Tells the other tabs what stands here now; `isSent`: what stood here before waits in the outbox. */
  readonly tell: (text: string, isSent: boolean) => void
}

/** What is typed in one tab goes on in another. What was typed here may grow there, or be sent, but nothing else takes it away. */
export function createSharedDraft({ hub, text, isFree, setText }: SharedDraftOptions): SharedDraft {
  /** The composer as this tab told it last, or heard it. */
  let known = ''
  /** At least the end of the text was typed in this tab. */
  let isTypedHere = false

  hub.onWord(({ draft, was, isSent }) => {
    const now = text()
    if (typeof draft !== 'string' || !isFree()) return
    if (!draft.startsWith(now) && (now !== was || (isTypedHere && !isSent))) return
    known = draft
    isTypedHere = false
    setText(draft)
  })

  return {
    began: () => {
      known = text()
    },
    typed: () => {
      isTypedHere = true
    },
    tell: (next, isSent) => {
      if (next === known) return
      hub.tell({ draft: next, was: known, isSent })
      known = next
    }
  }
}
