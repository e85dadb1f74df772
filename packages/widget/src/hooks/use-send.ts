import { useRef, useState } from 'preact/hooks'
import { type TextKey, usePanel } from '../panel/panel-context.js'

/** Sending from the composer. */
export interface Sending {
  /** Why the last text was not taken, if it was not; it is still in the composer. */
  readonly failure: TextKey | null
  readonly send: (text: string) => Promise<void>
}

/** Sends one text at a time. The chat empties the draft once the text is kept in the outbox. */
export function useSend(onSent: () => void): Sending {
  const { chat } = usePanel()
  const [failure, setFailure] = useState<TextKey | null>(null)
  const isBusy = useRef(false)

  async function send(text: string): Promise<void> {
    if (isBusy.current) return
    isBusy.current = true
    try {
      await chat.send(text)
      setFailure(null)
      onSent()
    } catch (error) {
      setFailure(error instanceof Error && 'code' in error && error.code === 'busy' ? 'composer.full' : 'err.server')
    }
    isBusy.current = false
  }

  return { failure, send }
}
