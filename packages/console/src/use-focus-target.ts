import { useStore } from '@porchlight/ui'
import { useLayoutEffect } from 'preact/hooks'
import { useWorkspace } from './console-context.js'
import type { FocusTarget } from './stores/view.js'

/** Takes the focus when the operator's own act wants it here; `find` is asked after the page was drawn. */
export function useFocusTarget(name: FocusTarget, find: () => HTMLElement | null | undefined, isMine = true): void {
  const workspace = useWorkspace()
  const wanted = useStore(workspace.$focus)
  useLayoutEffect(() => {
    if (wanted !== name || !isMine) return
    const element = find()
    if (!element) return
    workspace.focused()
    element.focus()
  })
}
