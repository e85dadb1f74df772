import type { ChatAdapter } from '@porchlight/core'
import type { PanelChat } from '../../panel/panel.types.js'
import type { ChatElement, Light, LoadChunk } from '../shell.types.js'
import type { ChatWidget } from '../widget.types.js'
import type { RawOptions } from './read-options.js'

/** A widget whose verbs can be replaced. */
export type MutableWidget = { -readonly [Verb in keyof ChatWidget]: ChatWidget[Verb] }

/** What a session is made of. */
export interface SessionDetails {
  readonly element: ChatElement
  /** The session puts its own verbs into the place of this widget's, and gives them back when it ends. */
  readonly widget: MutableWidget
  readonly adapter: ChatAdapter
  readonly load: LoadChunk
  readonly options: () => RawOptions
  /** Where the panel is drawn; asked for when its code is there. */
  readonly root: () => ShadowRoot
  /** Of a floating widget; an inline one has none. */
  readonly launcher?: HTMLElement | undefined
  /** Of an inline widget: what its panel shows before anybody turned to it. */
  readonly preview?: ((chat: PanelChat) => PanelChat) | undefined
  /** From the first open on, the connection tells who is home. */
  readonly showLight: (light: Light) => void
  readonly ended: () => void
}

/** A chat in use. */
export interface ChatSession {
  /** For a browser that has chatted lately or a tab where the panel was open: connects, for the badge, and opens the panel again. */
  readonly connect: () => void
  /** Inline: draws the panel without connecting. Rejects when its code does not load. */
  readonly mount: () => Promise<void>
  /** Inline: somebody wants to talk. */
  readonly engage: () => void
  /** The act of the user that the next verb follows. */
  readonly act: (act: Event | undefined) => void
  /** The element was taken out of the document and put back, which closes what stands in the top layer. */
  readonly moved: () => void
  readonly destroy: () => void
}

/** Makes the session of a widget. */
export type CreateSession = (details: SessionDetails) => ChatSession

/** What an inline widget is made of. */
export interface InlineDetails {
  readonly element: ChatElement
  readonly adapter: ChatAdapter
  readonly load: LoadChunk
  /** Handed over: it holds the core, which has a lazy part of its own. */
  readonly createSession: CreateSession
}

/** Makes an inline widget of an element. */
export type UpgradeInline = (details: InlineDetails) => MutableWidget
