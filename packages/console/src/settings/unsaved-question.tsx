import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { Question } from './question.js'

/** Asks whoever is about to leave settings that are not saved. */
export function UnsavedQuestion({ onLeave, onStay }: { readonly onLeave: () => void; readonly onStay: () => void }): VNode {
  const { text } = useConsole().i18n
  const words = { title: text('settings.leaveTitle'), text: text('settings.leaveText'), stay: text('settings.stay'), go: text('settings.discard') }
  return <Question id="unsaved-title" {...words} onStay={onStay} onGo={onLeave} />
}
