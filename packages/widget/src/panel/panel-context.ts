import type { Announce, I18n } from '@porchlight/ui'
import { type Context, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type en from '../../locales/en.json'
import type { PanelChat } from './panel.types.js'

/** Keys of the widget's catalogue. */
export type TextKey = keyof typeof en

/** One opening of the panel. */
export interface Opening {
  readonly view: 'chat' | 'request' | undefined
  readonly openedBy: 'pointer' | 'touch' | 'keyboard' | 'script'
  /** Settles when the first answer about availability is there, or after a second. */
  readonly ready: Promise<void>
  /** Unread messages at that moment: above them stands the mark for new ones. */
  readonly unread: number
}

/** What every part of the panel can reach. */
export interface PanelContext {
  readonly chat: PanelChat
  readonly i18n: I18n<TextKey>
  readonly announce: Announce
  readonly close: () => void
  /** Null while the panel is closed. */
  readonly opening: Opening | null
  /** Inline panels stand in the page and cannot be closed. */
  readonly isInline: boolean
}

const context: Context<PanelContext | null> = createContext<PanelContext | null>(null)

export const PanelProvider: typeof context.Provider = context.Provider

export function usePanel(): PanelContext {
  return useContext(context)!
}
