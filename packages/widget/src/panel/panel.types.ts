import type { AvailabilityView, Chat, Mode } from '@porchlight/core'
import type { ReadableStore } from '@porchlight/ui'

/** How the panel is placed: floating over the page, or in the host's own column. */
export type Presentation = 'floating' | 'inline'

/** What the user opened the panel with; decides where focus goes. */
export type OpenedBy = 'pointer' | 'touch' | 'keyboard' | 'script'

/** Views that can be opened by name. */
export type View = 'chat' | 'request'

/** What the site may choose; every field can change while the panel is open. */
export interface PanelOptions {
  /** BCP 47; the catalogue that comes with it. */
  readonly locale: string
  readonly catalogue: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly scheme: 'auto' | 'light' | 'dark'
  /** Any CSS hex colour; everything legible is derived. */
  readonly color: string
  readonly position: 'start' | 'end'
}

/** A chat as the panel uses it: who is home, and with it the view, may be known from elsewhere before there is a connection. */
export interface PanelChat extends Omit<Chat, '$availability' | '$mode'> {
  readonly $availability: ReadableStore<AvailabilityView>
  readonly $mode: ReadableStore<Mode>
}

/** What the shell gives to the panel. */
export interface PanelHost {
  readonly chat: PanelChat
  /** The `<porchlight-chat>` element, for announcements outside the shadow root. */
  readonly element: HTMLElement
  /** The open shadow root to draw in. */
  readonly root: ShadowRoot
  readonly presentation: Presentation
  readonly options: PanelOptions
  /** The user asked to close: the shell hides the panel and gives focus back. */
  readonly close: () => void
}

/** A mounted panel. */
export interface Panel {
  readonly show: (how: { readonly view?: View; readonly openedBy: OpenedBy }) => void
  readonly hide: () => void
  readonly update: (options: PanelOptions) => void
  readonly destroy: () => void
}

/** Draws the panel, hidden. */
export type MountPanel = (host: PanelHost) => Panel
