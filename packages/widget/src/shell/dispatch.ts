/** Reports one of the public events: `porchlight:<event>` on the element. */
export function dispatch(element: HTMLElement, event: string, detail?: unknown): void {
  element.dispatchEvent(new CustomEvent(`porchlight:${event}`, { detail, bubbles: true, composed: true }))
}
