import type { Availability, RequestFields } from '@porchlight/protocol'
import type { View } from '../panel/panel.types.js'

/**
 * What a site may choose. Every option can be changed while the widget runs. A value that is none of the possible ones counts as the
 * default.
 */
export interface WidgetOptions {
  /** BCP 47. Default: the page's `<html lang>`, then the browser's languages, then English; the first that is shipped. */
  readonly locale?: string | undefined
  /**
   * The department that the page is for, by its name on the server. Default, and for a name that the site does not have: the whole site. Changed while somebody chats it
   * holds for what the light asks, and for his chat on the next page.
   */
  readonly department?: string | undefined
  /** Brand colour as CSS hex; everything legible is derived from it. Default: `#2456e6`. */
  readonly color?: string | undefined
  /** Default: `auto`, the visitor's system decides. */
  readonly scheme?: 'auto' | 'light' | 'dark' | undefined
  /** Side of the page, in the page's own direction. Default: `end`. */
  readonly position?: 'end' | 'start' | undefined
  /** `none`: the page opens the chat itself, by {@link ChatWidget.open} or by `data-porchlight-open` on any element. Default: `auto`. */
  readonly launcher?: 'auto' | 'none' | undefined
  /** `off`: nobody is asked who is home before the first open. Default: `on`. */
  readonly light?: 'on' | 'off' | undefined
  /** `off`: nothing happens at all before `consent(true)`; turned off later, the widget leaves the page. Default: `on-open`. */
  readonly privacy?: 'on-open' | 'full' | 'off' | undefined
  /**
   * When the panel's code is fetched: on pointer, focus or touch, inline near the window; when the page is idle; or only on opening.
   * Default: `intent`.
   */
  readonly preload?: 'intent' | 'idle' | 'never' | undefined
  /**
   * Where the launcher leads when the chat cannot load. Default: it asks for another try. Browsers that the widget does not support (no
   * popovers) get neither.
   */
  readonly fallbackHref?: string | undefined
}

/** {@link Availability} and its age. */
export interface WidgetAvailability extends Partial<Omit<Availability, 'state'>>, Pick<Availability, 'state'> {
  /** Milliseconds since it was learned. */
  readonly age: number
}

/** What happened, and its details. */
export interface WidgetEvents {
  readonly ready: undefined
  readonly error: { readonly code: string; readonly message?: string | undefined }
  readonly opened: undefined
  readonly closed: undefined
  readonly shown: undefined
  readonly hidden: undefined
  readonly availability: WidgetAvailability
  readonly connection: { readonly state: string }
  readonly unread: { readonly count: number }
  readonly consent: { readonly granted: boolean }
  readonly typing: { readonly isTyping: boolean; readonly from: string | null }
  readonly 'conversation:started': { readonly conversation: string }
  readonly 'conversation:assigned': { readonly conversation: string; readonly to: string }
  readonly 'conversation:transferred': { readonly conversation: string; readonly to: string }
  /** A place in line, and each new one. `estimateMs` is null where nobody knows; above 15 minutes it is longer than that. */
  readonly 'conversation:queued': { readonly conversation: string; readonly position: number; readonly estimateMs: number | null }
  readonly 'conversation:ended': { readonly conversation: string }
  readonly 'message:received': { readonly id: string; readonly conversation: string; readonly at: number; readonly from: string | null }
  readonly 'message:sent': MessageProgress
  readonly 'message:delivered': MessageProgress
  readonly 'message:read': MessageProgress
  readonly 'message:failed': MessageProgress
  readonly 'request:submitted': { readonly reference: string }
}

/** An own message that came further. */
export interface MessageProgress {
  readonly id: string
  readonly conversation: string
  /** Why it failed. */
  readonly reason?: string
}

/** A call as the queue holds it, such as `['open', 'request']`. */
export type VerbCall = readonly [verb: string, ...details: unknown[]]

/** Listens to an event; returns its stop. */
export type Listen = <Name extends keyof WidgetEvents>(event: Name, listener: (details: WidgetEvents[Name]) => void) => () => void

/**
 * The verbs of a widget: `window.Porchlight` of a script tag, `chat` of a `<porchlight-chat>` element, and what `mountChat` returns.
 * Every event is also dispatched as `porchlight:<event>` on the element; it bubbles and leaves shadow roots.
 */
export interface ChatWidget {
  /** Opens the panel, at a view. */
  readonly open: (view?: View) => Promise<void>
  readonly close: () => void
  readonly toggle: () => Promise<void>
  /** Shows the whole widget again after {@link ChatWidget.hide}. */
  readonly show: () => void
  /** Hides the whole widget, launcher included. */
  readonly hide: () => void
  /**
   * Changes options; nothing typed or shown is lost. What is not named stays, what is undefined is taken away and is the default again.
   *
   * @example
   * ```ts
   * import type { ChatWidget } from '@porchlight/widget'
   *
   * function speakRussian(chat: ChatWidget) {
   *   chat.update({ locale: 'ru', color: undefined })
   * }
   * ```
   */
  readonly update: (options: WidgetOptions) => void
  /** Opens with the text in the composer. */
  readonly newMessage: (text: string) => Promise<void>
  /** Sends a text; resolves to the message's id once it is kept on this device, or to undefined when the chat did not load. */
  readonly send: (text: string) => Promise<string | undefined>
  /** Opens the request form, prefilled. */
  readonly leaveRequest: (fields?: Partial<RequestFields>) => Promise<void>
  readonly availability: () => WidgetAvailability
  readonly unreadCount: () => number
  /**
   * Logs out: revokes and forgets this visitor here. Resolves to the number of unsent texts that were dropped, 0 where nothing is kept;
   * to undefined when the code for it did not load.
   */
  readonly reset: () => Promise<number | undefined>
  /**
   * What the visitor answered to the page's question about privacy. A refusal clears all but a chat in progress, also what an earlier
   * visit left. Say it on every page: the answer itself is not kept.
   */
  readonly consent: (granted: boolean) => void
  /** Listens to an event; returns its stop. */
  readonly on: Listen
  /** Listens to an event once; returns its stop. */
  readonly once: Listen
  readonly off: <Name extends keyof WidgetEvents>(event: Name, listener: (details: WidgetEvents[Name]) => void) => void
  /** Resolves to the widget once it stands in the page. */
  readonly ready: Promise<ChatWidget>
  /** Leaves nothing behind: no node, listener or timer. */
  readonly destroy: () => void
  /** Carries out calls such as `['open', 'request']`, as the queue does that stands in for the widget before it loads. Returns what they returned. */
  readonly push: (...calls: readonly VerbCall[]) => readonly unknown[]
}
