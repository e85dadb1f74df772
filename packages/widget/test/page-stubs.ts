// What jsdom lacks of a page: the top layer, constructed sheets, media queries and layout. Enough for logic, not for looks.

const shown = new WeakSet<Element>()
const modal = new WeakSet<Element>()
const queries = new Map<string, boolean>()
const listeners = new Set<() => void>()

/** Lets a media query hold or not from now on. */
export function setMedia(query: string, matches: boolean): void {
  queries.set(query, matches)
  for (const listener of listeners) listener()
}

/** A touch screen, as narrow as a phone. */
export function setPhone(isPhone: boolean): void {
  setMedia('(max-width: 30em), (max-height: 30em) and (pointer: coarse)', isPhone)
  setMedia('(pointer: coarse)', isPhone)
}

function define(target: object, members: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(members)) Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

define(HTMLElement.prototype, {
  showPopover(this: HTMLElement) {
    shown.add(this)
  },
  hidePopover(this: HTMLElement) {
    shown.delete(this)
  }
})
define(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    if (shown.has(this)) throw new DOMException('already shown as a popover', 'InvalidStateError')
    this.open = true
    modal.add(this)
  },
  close(this: HTMLDialogElement) {
    this.open = false
    modal.delete(this)
    queueMicrotask(() => this.dispatchEvent(new Event('close')))
  }
})

const matches = Element.prototype.matches
define(Element.prototype, {
  matches(this: Element, selector: string) {
    if (selector === ':popover-open') return shown.has(this)
    return selector === ':modal' ? modal.has(this) : matches.call(this, selector)
  }
})

// jsdom hides every popover and knows none that is shown, and takes no element for a scroller.
const computed = window.getComputedStyle.bind(window)
define(window, {
  getComputedStyle: (element: Element) => {
    const style = computed(element)
    if (element instanceof HTMLElement && element.style.overflowY) define(style, { overflowY: element.style.overflowY })
    if (!shown.has(element) && !modal.has(element)) return style
    const getPropertyValue = style.getPropertyValue.bind(style)
    define(style, { display: 'block', getPropertyValue: (name: string) => (name === 'display' ? 'block' : getPropertyValue(name)) })
    return style
  }
})

class Sheet {
  cssRules: { style: CSSStyleDeclaration }[] = []
  text = ''
  replaceSync(text: string): void {
    this.text = text
    this.cssRules = [{ style: document.createElement('i').style }]
  }
}
define(globalThis, {
  CSSStyleSheet: Sheet,
  CSS: { supports: () => false, escape: (text: string) => text },
  ResizeObserver: class {
    observe(): void {}
    disconnect(): void {}
  },
  matchMedia: (query: string) => ({
    get matches() {
      return queries.get(query) ?? false
    },
    addEventListener: (_type: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_type: string, listener: () => void) => listeners.delete(listener)
  })
})
for (const target of [Document.prototype, ShadowRoot.prototype]) define(target, { adoptedStyleSheets: [] })
define(window, { scrollTo: () => {} })
