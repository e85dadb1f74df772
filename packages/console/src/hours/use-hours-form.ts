import type { FieldProblem, SiteHours } from '@porchlight/protocol'
import { useEffect, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { refusedFields } from '../stores/fields-refused.js'
import { saveSiteHours } from '../stores/hours.js'
import type { MessageKey } from '../stores/language.js'
import { problemOf } from '../stores/problem.js'
import { type HoursProblems, placeProblems, withoutUnfinished } from './hours-problems.js'
import { areSameHours, type HoursValues, hoursOf, valuesOf } from './hours-values.js'
import { type PreviewState, useHoursPreview } from './use-hours-preview.js'

/** Hours on their way from what is kept to what is wanted. */
export interface HoursForm {
  readonly values: HoursValues
  readonly preview: PreviewState
  readonly problems: HoursProblems
  /** What the server said of the whole. */
  readonly refusal: MessageKey | null
  /** `kept`: what stands here was typed before, and is not saved. */
  readonly status: 'saved' | 'unsaved' | 'kept' | null
  readonly isBusy: boolean
  readonly isUnsaved: boolean
  /** Counts the refusals of what was to be saved: with each, the focus goes to the first field that is wrong. */
  readonly refusals: number
  readonly change: (values: HoursValues) => void
  /** The id of the field that somebody is at; empty: none. */
  readonly focus: (id: string) => void
  readonly save: () => Promise<void>
}

/** Keeps everything typed, whatever the server says: before it is saved, and when the dialog or the session ends meanwhile. */
export function useHoursForm(site: string, saved: SiteHours | null): HoursForm {
  const { session, hoursDrafts } = useConsole()
  const [kept, setKept] = useState(() => valuesOf(saved, Intl.DateTimeFormat().resolvedOptions().timeZone))
  const [draft] = useState(() => hoursDrafts.get(site))
  const [values, setValues] = useState(draft ?? kept)
  const [refused, setRefused] = useState<readonly FieldProblem[]>([])
  const [refusals, setRefusals] = useState(0)
  const [refusal, setRefusal] = useState<MessageKey | null>(null)
  const [focused, setFocused] = useState('')
  const [isSaved, setSaved] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const hours = hoursOf(values)
  const preview = useHoursPreview({ site, hours, onRefused: setRefused })
  const isUnsaved = !areSameHours(values, kept)

  useEffect(() => {
    if (isUnsaved) hoursDrafts.keep(site, values)
    else hoursDrafts.drop(site)
  }, [hoursDrafts, site, values, isUnsaved])

  const placed = placeProblems(hours ? refused : [], values)
  // Nobody is told off before he has finished; whoever wants to save has.
  const problems = refusals > 0 ? placed : withoutUnfinished(placed, values, focused)

  const refuse = (error: unknown): void => {
    const fields = refusedFields(error)
    if (fields.length > 0) {
      setRefused(fields)
      setRefusals((count) => count + 1)
    } else setRefusal(problemOf(error).key)
  }

  const save = async (): Promise<void> => {
    if (isBusy) return
    setRefusal(null)
    setSaved(false)
    setBusy(true)
    const keep = (): void => {
      setKept(values)
      setSaved(true)
    }
    await saveSiteHours(session.api, site, hours).then(keep, refuse)
    setBusy(false)
  }

  return {
    values,
    preview,
    problems,
    refusal,
    status: statusOf({ isUnsaved, isSaved, isDraft: draft !== undefined && values === draft }),
    isBusy,
    isUnsaved,
    refusals,
    change: (next) => {
      setSaved(false)
      setValues(next)
    },
    focus: setFocused,
    save
  }
}

function statusOf({ isUnsaved, isSaved, isDraft }: Readonly<Record<'isUnsaved' | 'isSaved' | 'isDraft', boolean>>): HoursForm['status'] {
  if (isUnsaved) return isDraft ? 'kept' : 'unsaved'
  return isSaved ? 'saved' : null
}
