import { useStore } from '@porchlight/ui'
import { useLayoutEffect } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import { stepRow } from './move-row.js'
import { stepPane } from './panes.js'
import { isEditable, type Shortcut, shortcutOf } from './shortcut.js'

/** Listens for keys on the whole page: F6 always, single letters outside text fields and only while they are switched on. */
export function useShortcuts(showHelp: () => void): void {
  const workspace = useWorkspace()
  const hasShortcuts = useStore(useConsole().preferences.$hasShortcuts)
  useLayoutEffect(() => {
    const acts: Readonly<Record<Shortcut, () => void>> = {
      next: () => stepRow(listInUse(), 1),
      previous: () => stepRow(listInUse(), -1),
      reply: () => workspace.showPane('thread', 'reply'),
      close: () => document.querySelector<HTMLElement>('[data-action="close"][aria-keyshortcuts]')?.click(),
      help: showHelp
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      if (event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault()
        return stepPane(event.shiftKey ? -1 : 1)
      }
      if (event.key === 'Escape' && leavesThread(event.target)) return workspace.showPane('inbox', 'row')
      if (!hasShortcuts || isEditable(event.target)) return
      const shortcut = shortcutOf(event)
      if (shortcut === null || (shortcut === 'reply' && workspace.$thread.get() === null)) return
      event.preventDefault()
      acts[shortcut]()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [workspace, hasShortcuts, showHelp])
}

/** The list that the focus is in, else the one that holds what is open, else the first. */
function listInUse(): HTMLElement | null {
  const lists = '[data-part="rows"]'
  const starts = [document.activeElement, document.querySelector('[data-part="row"][aria-current="true"]')]
  return starts.map((start) => start?.closest<HTMLElement>(lists)).find(Boolean) ?? document.querySelector<HTMLElement>(lists)
}

/** Escape goes back to the list from a conversation and its details; the reply field sees to its own, since it may be composing. */
function leavesThread(target: EventTarget | null): boolean {
  return target instanceof Element && !isEditable(target) && target.closest('[data-pane="thread"], [data-pane="details"]') !== null
}
