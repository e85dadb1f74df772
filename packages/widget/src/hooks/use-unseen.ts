import { useStore } from '@porchlight/ui'
import { useRef } from 'preact/hooks'
import { othersAfter } from '../components/transcript-rows.js'
import { usePanel } from '../panel/panel-context.js'

/** What came in below while the reader was further up. */
export interface Unseen {
  readonly count: number
  readonly firstId: string | undefined
}

export function useUnseen(isSeeingNewest: boolean): Unseen {
  const messages = useStore(usePanel().chat.$messages)
  const seenId = useRef<string | undefined>(undefined)
  if (isSeeingNewest) seenId.current = messages.at(-1)?.id
  const unseen = isSeeingNewest ? [] : othersAfter(messages, seenId.current)
  return { count: unseen.length, firstId: unseen[0]?.id }
}
