import { chooseLanguage } from './choose-language.js'
import css from './launcher.css'
import { launcherLabels } from './launcher-labels.js'
import { createListeners } from './listeners.js'
import type { ChatElement, Light, LoadChunk, Session, Source } from './shell.types.js'
import type { ChatWidget, VerbCall, WidgetOptions } from './widget.types.js'

const lookMs = 60_000

/** What the loader asks of the browser besides the DOM; no `lib` of TypeScript has it. */
interface Connection {
  readonly connection?: { readonly saveData?: boolean }
}

/** The verbs before anybody chats; a session puts its own in their place. */
type Verbs = { -readonly [Verb in keyof ChatWidget]: ChatWidget[Verb] }
type ChatVerb = 'open' | 'toggle' | 'newMessage' | 'send' | 'leaveRequest' | 'reset'
type AnyVerb = ((...details: readonly unknown[]) => unknown) | undefined

/**
 * Puts a launcher into the corner of the page, with a light that tells whether somebody is home, and makes the verbs. Nothing is
 * kept or connected before the first open, unless this browser already has a chat.
 *
 * This is what every page view pays for. So it is one closure, and everything that can wait stands in the lazy chunks.
 *
 * @param element Made for this and not in the document; its `data-` attributes are the options.
 */
export function createWidget(element: ChatElement, load: LoadChunk, { scope, readLight }: Source): ChatWidget {
  const options = element.dataset
  const launcher = document.createElement('button')
  const root = element.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  let light: Partial<Light> & { readonly at: number } = { at: 0 }
  let life: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  // The element is in no shadow tree, so there is nothing that an event could be composed into.
  const emit = (event: string, detail?: unknown) => element.dispatchEvent(new CustomEvent(`porchlight:${event}`, { detail, bubbles: true }))

  function paint(): void {
    launcher.style.color = options['color']!
    launcher.lang = chooseLanguage(options['locale'])
    launcher.ariaLabel = launcherLabels[launcher.lang]!
  }

  function showLight(shown: Light | undefined): void {
    const before = light.state
    light = { ...shown, at: Date.now() }
    launcher.dataset['state'] = light.state
    launcher.title = light.text || ''
    if (light.state !== before) emit('availability', widget.availability())
  }

  /**
   * Asks who is home while the page is visible: at once, on becoming visible, around the next known change, and every minute. A
   * failure shows nothing. The distance to a change that is past doubles with every question, so a wrong clock floods nobody.
   */
  async function look(): Promise<void> {
    if (document.hidden || options['light'] === 'off') return
    const shown = await readLight(launcher.lang).catch(() => undefined)
    if (!life) return
    showLight(shown)
    clearTimeout(timer)
    timer = setTimeout(look, Math.min(Math.abs((light.closesAt ?? light.opensAt)! - light.at || lookMs), lookMs))
  }

  /** Puts the element back after the page threw it out, and the launcher into the corner of the window. */
  function settle(): void {
    if (!life) return
    if (!element.isConnected) {
      document.documentElement.append(element)
      // Again each time: a document that is written anew has dropped them, and those that are still there are not doubled.
      addEventListener('click', press, life)
      addEventListener('visibilitychange', look, life)
      addEventListener('resize', settle, life)
    }
    // A fixed box has an offset parent only where the page, by a transform or the like, took it from the window.
    if (launcher.offsetParent) {
      launcher.popover = 'manual'
      launcher.showPopover()
    }
  }

  /** The launcher, or any element that the page has marked. */
  function press(event: Event): void {
    const opener = event.composedPath().find((node) => (node as HTMLElement).dataset?.['porchlightOpen'] != null) as HTMLElement | undefined
    if (!opener) return
    event.preventDefault()
    void widget.open(opener.dataset['porchlightOpen'] as 'chat')
  }

  function preload(): void {
    if (options['preload'] === 'never' || (navigator as Connection).connection?.saveData) return
    for (const name of ['headless', 'panel'] as const) load(name).catch(() => undefined)
  }

  const join = async (act?: Event): Promise<Session> => (await load('headless')).join({ element, load, showLight, act })

  /** A plain link in the place of the launcher. */
  function leadAway(href: string): void {
    const link = document.createElement('a')
    link.part = 'launcher'
    link.href = href
    link.ariaLabel = launcher.ariaLabel
    launcher.replaceWith(link)
  }

  function begin(): void {
    life = new AbortController()
    paint()
    settle()
    void look()
    const whenIdle = window.requestIdleCallback ?? setTimeout
    whenIdle(async () => {
      if (options['preload'] === 'idle') preload()
      try {
        const name = `porchlight:${scope}`
        if (life && /(active|open)At/.test(sessionStorage[name] + localStorage[name])) (await join()).connect()
      } catch {
        // A page that may keep nothing remembers no visit.
      }
    })
  }

  function end(): void {
    life = life?.abort() as undefined
    clearTimeout(timer)
    element.remove()
  }

  const widget = {
    ...createListeners(element),
    close() {},
    show() {
      delete options['hidden']
      emit('shown')
    },
    hide() {
      options['hidden'] = ''
      emit('hidden')
    },
    update(changes: WidgetOptions) {
      Object.assign(options, changes)
      paint()
      void look()
    },
    availability: () => ({ state: 'unknown', ...light, age: Date.now() - light.at }),
    unreadCount() {
      return 0
    },
    consent(granted: boolean) {
      emit('consent', { granted })
      options['consent'] = `${granted}`
      if (granted) life ?? begin()
      else if (options['privacy'] === 'off') end()
    },
    ready: Promise.resolve().then(() => emit('ready') && widget),
    destroy() {
      end()
      if (window.Porchlight === widget) delete window.Porchlight
    },
    push: (...calls: readonly VerbCall[]) => calls.map(([verb, ...details]) => (widget as unknown as Record<string, AnyVerb>)[verb]?.(...details))
  } as unknown as Verbs

  for (const verb of 'open toggle newMessage send leaveRequest reset'.split(' ') as ChatVerb[]) {
    widget[verb] = async (...details: readonly unknown[]): Promise<never> => {
      if (!life) return undefined as never
      launcher.ariaBusy = 'true'
      try {
        await join(window.event)
      } catch {
        launcher.ariaBusy = 'false'
        emit('error', { code: 'network' })
        return (options['fallbackHref'] && leadAway(options['fallbackHref'])) as never
      }
      // The session has put its own verb here.
      return (widget[verb] as NonNullable<AnyVerb>)(...details) as never
    }
  }

  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  root.append(launcher)
  launcher.part = 'launcher'
  launcher.dataset['porchlightOpen'] = ''
  launcher.ariaHasPopup = 'dialog'
  launcher.ariaExpanded = 'false'
  launcher.onpointerenter = launcher.onfocus = launcher.ontouchstart = preload
  element.left = () => requestAnimationFrame(settle)
  // Before the element enters the document: one without verbs is taken for an inline one.
  element.chat = widget
  if (options['privacy'] !== 'off') begin()
  return widget
}
