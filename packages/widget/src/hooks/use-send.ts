import { useRef, useState } from 'preact/hooks'
import { usePanel } from '../panel/panel-context.js'

/** Sending from the composer. */
export interface Sending {
  /** The last text was not taken; it is still in the composer. */
  readonly hasFailed: boolean
  readonly send: (text: string) => Promise<void>
}

/** Sends one text at a time. The chat empties the draft once the text is kept in the outbox. */
export function useSend(onSent: () => void): Sending {
  const { chat } = usePanel()
  const [hasFailed, setFailed] = useState(false)
  const isBusy = useRef(false)

  async function send(text: string): Promise<void> {
    if (isBusy.current) return
    isBusy.current = true
    try {
      await chat.send(text)
      setFailed(false)
      onSent()
    } catch {
      setFailed(true)
    }
    isBusy.current = false
  }

  return { hasFailed, send }
}
