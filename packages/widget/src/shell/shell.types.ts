import type { Availability } from '@porchlight/protocol'
import type { MountPanel, PanelOptions } from '../panel/panel.types.js'
import type { UpgradeInline } from './session/session.types.js'
import type { ChatWidget } from './widget.types.js'

/** Texts of one language, by key. */
export type Catalogue = PanelOptions['catalogue']

/** Reports one of the public events. */
export type Emit = (event: string, detail?: unknown) => void

/** Who is home, and the same in words. */
export interface Light extends Availability {
  readonly text?: string | undefined
}

/** `<porchlight-chat>`. The `data-` attributes of a floating one are its options. */
export interface ChatElement extends HTMLElement {
  chat?: ChatWidget
  /** Called when the page took the element out of the document. */
  left?: () => void
}

/** The lazy part that draws. */
export interface PanelChunk {
  readonly mountPanel: MountPanel
  /** English, which stands in for every text that a language lacks. */
  readonly catalogue: Catalogue
}

/** The lazy part that talks: core, adapter, and what joins them to the shell. */
export interface HeadlessChunk {
  /** Gives a floating widget its chat; every call after the first gives the same one. */
  readonly join: (source: Source, act: Event | undefined) => Session
  /** Makes an inline widget of an element that stands in the page. */
  readonly upgrade: (element: ChatElement, load: LoadChunk) => Promise<void>
}

/** The lazy part that makes inline widgets; it holds nothing that the headless part has. */
export interface InlineChunk {
  readonly upgradeInline: UpgradeInline
}

/** One language. */
export interface LocaleChunk {
  readonly catalogue: Catalogue
}

/** Gets a lazy part: the script tag imports it, `mountChat` holds it. English has no part of its own, it comes with the panel. */
export interface LoadChunk {
  (name: 'headless'): Promise<HeadlessChunk>
  (name: 'panel'): Promise<PanelChunk>
  (name: 'headless' | 'panel'): Promise<unknown>
  (name: 'inline'): Promise<InlineChunk>
  (language: string): Promise<LocaleChunk>
}

/** The backend, as far as a widget knows one before anybody chats, and where the widget stands. A session gets the same. */
export interface Source {
  readonly element: ChatElement
  readonly load: LoadChunk
  /** Name of the place that saved state belongs to, such as `porchlight:chat.example.com:shop`. */
  readonly key: string
  /**
   * Asks who is home, without a session, an id or a cookie; undefined where nobody may be asked. A session puts in its place what never
   * answers: then its connection tells.
   */
  readLight: (language: string) => Promise<Light | undefined>
  /** The shell's own way to show who is home. */
  showLight?: (light: Light | undefined) => void
}

/** A chat in use, as the shell sees it. */
export interface Session {
  /** Connects without showing anything, for the badge; after a refusal it clears what is kept. */
  readonly connect: () => void
}
