import { type Reader, readAs, text } from './reader.js'

/** What the tabs of one browser tell each other. */
export interface Tabs {
  /** An operator has signed out here: no tab of this browser may keep what he typed. */
  readonly tellLeave: (operatorId: string) => void
  /** He has signed out in another tab. Returns its stop. */
  readonly onLeave: (callback: (operatorId: string) => void) => () => void
}

/** The line between the tabs; where the browser has none, each tab is alone. */
export function createTabs(Channel: typeof BroadcastChannel | undefined): Tabs {
  const leaves = Channel && new Channel('porchlight-console:leave')
  return {
    tellLeave: (operatorId) => leaves?.postMessage(operatorId),
    onLeave: (callback) => listen(leaves, text, callback)
  }
}

/** Hears what another tab says and is of the known shape. Returns its stop. */
function listen<T extends object | string>(channel: BroadcastChannel | undefined, reader: Reader<T>, callback: (value: T) => void): () => void {
  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    const value = readAs(reader, data)
    if (value !== null) callback(value)
  }
  channel?.addEventListener('message', onMessage)
  return () => channel?.removeEventListener('message', onMessage)
}
