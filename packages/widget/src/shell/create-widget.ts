import { chooseLanguage } from './choose-language.js'
import { dispatch } from './dispatch.js'
import css from './launcher.css'
import { launcherLabels } from './launcher-labels.js'
import { leadAway } from './lead-away.js'
import { createListeners } from './listeners.js'
import { offerRetry } from './offer-retry.js'
import { isRecent, readKept } from './read-kept.js'
import type { Emit, Light, Session, Source } from './shell.types.js'
import type { ChatWidget, VerbCall } from './widget.types.js'

const lookMs = 60_000

/** What the loader asks of the browser besides the DOM; no `lib` of TypeScript has it. */
interface Connection {
  readonly connection?: { readonly saveData?: boolean }
}

/** The verbs before anybody chats; a session puts its own in their place. */
type Verbs = { -readonly [Verb in keyof ChatWidget]: ChatWidget[Verb] }
type AnyVerb = ((...details: readonly unknown[]) => unknown) | undefined

/**
 * Puts a launcher into the corner of the page, with a light that tells whether somebody is home, and makes the verbs. Nothing is
 * kept or connected before the first open, unless this browser already has a chat.
 *
 * This is what every page view pays for. So it is one closure, and everything that can wait stands in the lazy chunks.
 *
 * @param source Its element was made for this and is not in the document; the `data-` attributes are the options.
 */
export function createWidget(source: Source): ChatWidget {
  const { element, load } = source
  const options = element.dataset
  const launcher = document.createElement('button')
  const root = element.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  let light: Partial<Light> & { readonly at: number } = { at: 0 }
  let life: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const emit: Emit = (event, detail) => dispatch(element, event, detail)

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
    if (document.hidden) return
    const shown = await source.readLight(launcher.lang).catch(() => undefined)
    if (!life) return
    showLight(shown)
    clearTimeout(timer)
    timer = setTimeout(look, Math.min(Math.abs((light.closesAt ?? light.opensAt)! - light.at || lookMs), lookMs))
  }

  /** Puts the element behind the body, also after the page threw it out, and the launcher into the corner of the window. */
  function settle(): void {
    if (!life) return
    if (!element.isConnected) {
      // What is put there before the parser made the body would stand before it.
      if (!document.body) {
        element.left!()
        return
      }
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
    load('headless').catch(() => undefined)
    load('panel').catch(() => undefined)
  }

  const join = async (act?: Event): Promise<Session> => (await load('headless')).join(source, act)

  /** Fetches what the site wants early, and joins a chat that there is, or that is to be forgotten. */
  async function resume(): Promise<void> {
    if (life && options['preload'] === 'idle') preload()
    const kept = readKept(source.key)
    if (options['consent'] === 'false' ? kept : isRecent(kept)) (await join()).connect()
  }

  /** Carries out what the options say. */
  function apply(): void {
    // Nothing any more after `destroy`.
    if (!element.chat) return
    if (options['privacy'] === 'off' && options['consent'] !== 'true') end()
    else {
      // Emptied first: a colour that is none leaves the default, and not the colour before it.
      launcher.style.backgroundColor = ''
      launcher.style.backgroundColor = options['color']!
      launcher.lang = chooseLanguage(options['locale'])
      launcher.ariaLabel = launcherLabels[launcher.lang]![0]
      life ??= new AbortController()
      settle()
      void look()
    }
    const whenIdle = window.requestIdleCallback || setTimeout
    whenIdle(() => resume().catch(() => undefined))
  }

  function end(): void {
    life = life?.abort() as undefined
    clearTimeout(timer)
    element.remove()
  }

  /** A verb that needs a chat: the session, once it is there, has put its own in this one's place. */
  const joined =
    (verb: string) =>
    async (...details: readonly unknown[]): Promise<unknown> => {
      const act = window.event
      if (!life) return
      if (verb === 'reset' && !readKept(source.key)) return 0
      launcher.ariaBusy = 'true'
      try {
        await join(act)
      } catch (error) {
        launcher.ariaBusy = 'false'
        emit('error', (error as { readonly code?: string }).code ? error : { code: 'network' })
        if (options['fallbackHref']) leadAway(launcher, options['fallbackHref'])
        else if (act) offerRetry(launcher)
        return
      }
      return (widget as unknown as Record<string, AnyVerb>)[verb]!(...details)
    }

  source.showLight = showLight
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
    update(changes: Readonly<Record<string, string | undefined>>) {
      for (const name in changes) {
        if (changes[name] == null) delete options[name]
        else options[name] = changes[name]
      }
      apply()
    },
    availability: () => ({ state: 'unknown', ...light, age: Date.now() - light.at }),
    unreadCount() {
      return 0
    },
    consent(granted: boolean) {
      emit('consent', { granted })
      options['consent'] = `${granted}`
      apply()
    },
    ready: Promise.resolve().then(() => {
      emit('ready')
      return widget
    }),
    destroy() {
      end()
      delete element.chat
      if (window.Porchlight === widget) delete window.Porchlight
    },
    push: (...calls: readonly VerbCall[]) => calls.map(([verb, ...details]) => (widget as unknown as Record<string, AnyVerb>)[verb]?.(...details))
  } as unknown as Verbs

  for (const verb of 'open toggle newMessage send leaveRequest reset'.split(' ')) widget[verb as 'send'] = joined(verb) as ChatWidget['send']
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  root.append(launcher)
  launcher.part = 'launcher'
  launcher.dataset['porchlightOpen'] = ''
  launcher.ariaHasPopup = 'dialog'
  launcher.ariaExpanded = 'false'
  launcher.onpointerenter = launcher.onfocus = preload
  element.left = () => requestAnimationFrame(settle)
  // Before the element enters the document: one without verbs is taken for an inline one.
  element.chat = widget
  apply()
  return widget
}
