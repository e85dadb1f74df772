/** By these, recorders of sessions are told to leave an element out; they know classes or attributes of their own. */
const classes = ['rr-block', 'ph-no-capture', 'sentry-block', 'fs-exclude', 'smartlook-hide']
const attributes = {
  'data-private': '',
  'data-sentry-block': '',
  'data-hj-suppress': '',
  'data-clarity-mask': 'true',
  'data-dd-privacy': 'hidden',
  'data-openreplay-hidden': ''
}

/** Keeps what is said in the element out of recordings of the page. */
export function markPrivate(element: HTMLElement): void {
  element.classList.add(...classes)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}
