import type { ChatAdapter, SessionEvent } from '@porchlight/core'

/** The same adapter; what its sessions tell is heard on the way. */
export function hearing(adapter: ChatAdapter, onEvent: (event: SessionEvent) => void): ChatAdapter {
  return {
    ...adapter,
    connect: (context) =>
      adapter.connect({
        ...context,
        emit: (event) => {
          if (!context.signal.aborted) onEvent(event)
          context.emit(event)
        }
      })
  }
}
