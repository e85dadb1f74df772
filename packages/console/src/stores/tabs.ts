import { readAs, text } from './reader.js'

/** What the tabs of one browser tell each other. */
export interface Tabs {
  /** An operator has signed out here: no tab of this browser may keep what he typed. */
  readonly tellLeave: (operatorId: string) => void
  /** He has signed out in another tab. Returns its stop. */
  readonly onLeave: (callback: (operatorId: string) => void) => () => void
}

/** The line between the tabs; where the browser has none, each tab is alone. */
export function createTabs(Channel: typeof BroadcastChannel | undefined): Tabs {
  const channel = Channel && new Channel('porchlight-console:leave')
  return {
    tellLeave: (operatorId) => channel?.postMessage(operatorId),
    onLeave: (callback) => {
      const onMessage = ({ data }: MessageEvent<unknown>): void => {
        const operatorId = readAs(text, data)
        if (operatorId !== null) callback(operatorId)
      }
      channel?.addEventListener('message', onMessage)
      return () => channel?.removeEventListener('message', onMessage)
    }
  }
}
