import type { FieldProblem, HoursPreview, SiteHours } from '@porchlight/protocol'
import { isChatError } from '@porchlight/protocol'
import { useEffect, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { refusedFields } from '../stores/fields-refused.js'
import { previewHours } from '../stores/hours.js'
import type { MessageKey } from '../stores/language.js'
import { problemOf } from '../stores/problem.js'

/** What is known of what customers would see. */
export type PreviewState =
  /** `reading`: what is shown is of what was typed before. */
  | { readonly state: 'reading' | 'current'; readonly preview: HoursPreview | null }
  /** What is typed are no hours yet. */
  | { readonly state: 'refused' }
  | { readonly state: 'failed'; readonly problem: MessageKey }

/** What is previewed, and who hears of refusals. */
export interface PreviewOptions {
  readonly site: string
  /** Null: always open, which needs no preview. */
  readonly hours: SiteHours | null
  /** Hears with each answer which fields are wrong; none: all are right. */
  readonly onRefused: (fields: readonly FieldProblem[]) => void
}

/** From the last change to the question: a pause in typing. */
const pauseMs = 400
/** From a failure that may pass to the next try. */
const retryMs = 5_000

/** Asks the server what customers would see of hours, anew after each change. */
export function useHoursPreview({ site, hours, onRefused }: PreviewOptions): PreviewState {
  const { session } = useConsole()
  const [state, setState] = useState<PreviewState>({ state: 'reading', preview: null })
  const asked = JSON.stringify(hours)
  // What was typed is compared by what the server would be told.
  useEffect(() => {
    if (hours === null) return
    let isOver = false
    let timer = setTimeout(ask, pauseMs)
    setState((held) => ({ state: 'reading', preview: 'preview' in held ? held.preview : null }))

    function ask(): void {
      previewHours(session.api, site, hours as SiteHours).then(show, fail)
    }
    function show(preview: HoursPreview): void {
      if (isOver) return
      setState({ state: 'current', preview })
      onRefused([])
    }
    function fail(error: unknown): void {
      if (isOver) return
      const fields = refusedFields(error)
      if (fields.length > 0) {
        setState({ state: 'refused' })
        onRefused(fields)
        return
      }
      setState({ state: 'failed', problem: problemOf(error).key })
      if (isChatError(error) && error.retry === 'later') timer = setTimeout(ask, error.afterMs ?? retryMs)
    }
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [session, site, asked])
  return state
}
