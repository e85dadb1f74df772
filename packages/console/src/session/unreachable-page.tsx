import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { DoorPage } from './door-page.js'

/** Pause between two attempts. */
const retryMs = 5_000

/** Says that the server does not answer, and asks it again: at once for whoever cannot wait, and by itself. */
export function UnreachablePage(): VNode {
  const { session, i18n } = useConsole()
  useEffect(() => {
    const timer = setInterval(() => void session.load(), retryMs)
    return () => clearInterval(timer)
  }, [session])
  return (
    <DoorPage title={i18n.text('app.unreachable')} note={i18n.text('app.unreachableHint')}>
      <button type="button" data-part="primary" onClick={() => void session.load()}>
        {i18n.text('app.tryAgain')}
      </button>
    </DoorPage>
  )
}
