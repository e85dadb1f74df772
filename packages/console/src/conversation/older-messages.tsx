import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import type { Thread } from '../stores/threads.js'

/** What {@link OlderMessages} works with. */
export interface OlderMessagesProps {
  readonly thread: Thread
  readonly hasEntries: boolean
  /** Called right before entries come in above. */
  readonly onBefore: () => void
}

/** The upper end of a transcript: more of it, or its start. */
export function OlderMessages({ thread, hasEntries, onBefore }: OlderMessagesProps): VNode | null {
  const { i18n, announce } = useConsole()
  const { text } = i18n
  const { hasMore, isLoading } = useStore(thread.log.$older)
  const state = useStore(thread.log.$state)
  const first = useStore(thread.drawn.$first)
  const button = useRef<HTMLButtonElement>(null)

  const show = async (): Promise<void> => {
    if (isLoading) return
    onBefore()
    const log = button.current?.closest<HTMLElement>('[role="log"]')
    const count = await thread.drawn.showOlder().catch(() => 0)
    announce(text('thread.loaded', { n: count }))
    // The button goes with the last page; whoever pressed it stays in the log.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) log?.focus()
    })
  }

  if (state === null && !hasEntries) return <p data-part="log-end">{text('thread.loading')}</p>
  if (!hasMore && first === 0) return hasEntries ? <p data-part="log-end">{text('thread.start')}</p> : null
  return (
    <p data-part="log-end">
      <button ref={button} type="button" data-part="secondary" aria-disabled={isLoading} onClick={show}>
        {text(isLoading ? 'thread.loading' : 'thread.older')}
      </button>
    </p>
  )
}
