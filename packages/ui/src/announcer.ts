/** `polite` waits for a pause in speech; `assertive` interrupts. */
export type Urgency = 'polite' | 'assertive'

/** Two live regions of one place in the document. */
export interface LiveRegions {
  readonly element: HTMLElement
  readonly polite: HTMLElement
  readonly assertive: HTMLElement
}

/** Found by experiment in Bot Framework Web Chat: long enough to be read, short enough not to be found again by browsing. */
const keptMs = 1_000

/** Makes empty live regions. They have to stand in the document before the first announcement, or it is not heard. */
export function createLiveRegions(): LiveRegions {
  const element = document.createElement('div')
  element.dataset['part'] = 'announcer'
  const region = (role: 'status' | 'alert', urgency: Urgency) => {
    const child = document.createElement('div')
    child.setAttribute('role', role)
    child.setAttribute('aria-live', urgency)
    child.setAttribute('aria-atomic', 'false')
    element.append(child)
    return child
  }
  return { element, polite: region('status', 'polite'), assertive: region('alert', 'assertive') }
}

/** Speaks one sentence. */
export type Announce = (text: string, urgency?: Urgency) => void

/**
 * Speaks to people who listen to the page: each sentence is a node of its own that is gone after a second, so nothing is read
 * twice and nothing is cut off by the next.
 *
 * @param regions Where to speak now; asked at each sentence, since a modal dialog silences what stands outside it.
 */
export function createAnnouncer(regions: () => LiveRegions): { readonly announce: Announce; readonly destroy: () => void } {
  const timers = new Set<ReturnType<typeof setTimeout>>()
  return {
    announce(text, urgency = 'polite') {
      const sentence = document.createElement('div')
      sentence.textContent = text
      regions()[urgency].append(sentence)
      const timer = setTimeout(() => {
        timers.delete(timer)
        sentence.remove()
      }, keptMs)
      timers.add(timer)
    },
    destroy() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    }
  }
}
