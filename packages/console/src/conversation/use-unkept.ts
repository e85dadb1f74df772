import type { Connection } from '@porchlight/core'
import { useStore } from '@porchlight/ui'
import { useEffect } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'

/** Whose operators have been told: each is once. */
const told = new WeakSet<Connection>()

/** What to say while this browser keeps nothing, and `draft` or a reply that waits would be lost with the page; otherwise null. */
export function useUnkept(draft: string): string | null {
  const { i18n, announce } = useConsole()
  const { connection } = useWorkspace()
  const { count } = useStore(connection.$outbox)
  const isUnkept = useStore(connection.$durability) === 'memory' && (count > 0 || draft.trim() !== '')
  const words = isUnkept ? i18n.text('reply.unkept') : null
  useEffect(() => {
    if (!words || told.has(connection)) return
    told.add(connection)
    announce(words)
  }, [words])
  return words
}
