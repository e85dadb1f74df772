import { createWidget } from '../shell/create-widget.js'
import type { ChatElement, HeadlessChunk } from '../shell/shell.types.js'
import { isTaken, takeQueue } from '../shell/take-queue.js'

const named = __ASSETS__
const assets: Readonly<Record<string, string>> = { headless: named.headless, panel: named.panel }
const tag = 'porchlight-chat'

// The getter is asked because markup can shadow `document.currentScript`. A browser without popovers lacks other things too.
const script: HTMLScriptElement | null = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null

if (script?.showPopover) {
  const { src, dataset } = script
  let fresh = ''

  /** Tries again twice. A retry changes the address: Firefox remembers failed modules, and WebKit hands out half-made ones. */
  const load = (name: string, retries = 2): Promise<never> =>
    import(`${new URL((assets[name] ?? name) + fresh, src)}`).catch((error) => {
      fresh = `?${Date.now()}`
      if (!retries) throw error
      return new Promise((next) => setTimeout(() => next(load(name, retries - 1)), 1000))
    }) as Promise<never>

  // The first definition stays, whatever copy of this file made it.
  customElements.get(tag) ||
    customElements.define(
      tag,
      class extends HTMLElement {
        declare chat: ChatElement['chat']
        declare left: ChatElement['left']
        connectedCallback(): void {
          this.chat || (load('headless') as Promise<HeadlessChunk>).then((chunk) => chunk.upgrade(this as ChatElement, load)).catch(() => undefined)
        }
        disconnectedCallback(): void {
          this.left?.()
        }
      }
    )

  if (dataset['site'] && !isTaken()) {
    const element: ChatElement = document.createElement(tag)
    const { site, server = src, backend = 'porchlight' } = Object.assign(element.dataset, dataset)
    const isOurs = backend === 'porchlight'
    const widget = createWidget({
      element,
      load,
      key: `porchlight:${new URL(server).host}:${site}`,
      readLight: async (language) => {
        const { light, department } = element.dataset
        if (isOurs && light !== 'off')
          return (
            await fetch(new URL(`/v1/sites/${site}/light?lang=${language}${department ? `&department=${department}` : ''}`, server), {
              credentials: 'omit',
              signal: AbortSignal.timeout(1e4)
            })
          ).json()
      }
    })
    takeQueue(widget)
  }
}
