import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'

/** What did not happen, until the operator has seen it. */
export function ProblemBar(): VNode | null {
  const { problems, i18n } = useConsole()
  const workspace = useWorkspace()
  const words = useStore(problems.$shown)
  if (words === null) return null
  const dismiss = (): void => {
    problems.clear()
    // The button goes with its bar.
    workspace.showPane(workspace.$pane.get(), 'available')
  }
  return (
    <div data-part="banner" data-state="problem">
      <p>{words}</p>
      <button type="button" data-part="secondary" onClick={dismiss}>
        {i18n.text('problem.seen')}
      </button>
    </div>
  )
}
