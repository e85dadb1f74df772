import { type Announce, createAnnouncer, createLiveRegions } from '@porchlight/ui'
import type { Frame } from './create-frame.js'

/** What the voice of a panel needs. */
export interface VoiceDetails {
  /** The element in the page. */
  readonly element: HTMLElement
  readonly frame: Frame
  /** Whether a modal dialog silences what stands outside it. */
  readonly isSheet: () => boolean
}

/**
 * Live regions in two places: on the sheet inside the dialog, otherwise as a child of the element in the page, because one engine
 * misses regions inside shadow roots.
 */
export function createVoice({ element, frame, isSheet }: VoiceDetails): { readonly announce: Announce; readonly destroy: () => void } {
  const inside = createLiveRegions()
  const outside = createLiveRegions()
  const { announce, destroy } = createAnnouncer(() => (isSheet() ? inside : outside))
  outside.element.slot = frame.voiceSlot
  element.append(outside.element)
  frame.panel.append(inside.element)
  return {
    announce,
    destroy() {
      destroy()
      outside.element.remove()
    }
  }
}
