const burstMs = 3_000
const clearMs = 1_000

/** Says new unread messages to people who listen, once for what arrives within three seconds. */
export interface UnreadAnnouncer {
  readonly count: (unread: number) => void
  readonly stop: () => void
}

/** The live region is a child of the element itself: one engine misses regions inside shadow roots. */
export function createUnreadAnnouncer(element: HTMLElement, root: ShadowRoot, say: (unread: number) => string): UnreadAnnouncer {
  const slot = document.createElement('slot')
  const region = document.createElement('div')
  let last = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  slot.name = region.slot = 'porchlight-unread'
  region.role = 'status'
  root.append(slot)
  element.append(region)

  function announce(): void {
    region.textContent = last > 0 ? say(last) : ''
    timer = setTimeout(() => {
      timer = undefined
      region.textContent = ''
    }, clearMs)
  }

  return {
    count(unread) {
      const isMore = unread > last
      last = unread
      if (!isMore) return
      clearTimeout(timer)
      timer = setTimeout(announce, burstMs)
    },
    stop() {
      clearTimeout(timer)
      slot.remove()
      region.remove()
    }
  }
}
