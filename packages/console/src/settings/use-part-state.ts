import type { ChangeSiteBody, FieldProblem } from '@porchlight/protocol'
import { useEffect, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { refusedFields } from '../stores/fields-refused.js'
import type { MessageKey } from '../stores/language.js'
import { problemOf } from '../stores/problem.js'
import { changeSettings } from '../stores/sites.js'
import type { PartName, PartValues } from './settings-drafts.js'

/** The fields that the server refused. */
export interface Refused {
  readonly fields: readonly FieldProblem[]
  /** What they were fields of. */
  readonly body: ChangeSiteBody
}

/** A part of a site's settings on its way from what is kept to what is wanted. */
export interface PartState<P extends PartName> {
  readonly values: PartValues[P]
  /** What the server has, as it would stand in the fields. */
  readonly kept: PartValues[P]
  readonly refused: Refused
  /** What the server said of the whole. */
  readonly refusal: MessageKey | null
  /** `kept`: what stands here was typed before, and is not saved. */
  readonly status: 'saved' | 'unsaved' | 'kept' | null
  readonly isBusy: boolean
  readonly isUnsaved: boolean
  /** Counts the refusals of what was to be saved: with each, the focus goes to the first field that is wrong. */
  readonly refusals: number
  readonly change: (values: PartValues[P]) => void
  /** Which fields are wrong; none: all are right. */
  readonly noteRefused: (fields: readonly FieldProblem[]) => void
  readonly save: () => Promise<void>
}

/** What {@link usePartState} starts from. */
export interface PartOptions<P extends PartName> {
  readonly site: string
  readonly part: P
  /** What is kept, as it stands in the fields; asked once. */
  readonly saved: () => PartValues[P]
  /** What the server is told. */
  readonly bodyOf: (values: PartValues[P]) => ChangeSiteBody
}

/** Keeps everything typed, whatever the server says: before it is saved, and when the dialog or the session ends meanwhile. */
export function usePartState<P extends PartName>({ site, part, saved, bodyOf }: PartOptions<P>): PartState<P> {
  const { session, settingsDrafts } = useConsole()
  const [kept, setKept] = useState(saved)
  const [draft] = useState(() => settingsDrafts.get(site, part))
  const [values, setValues] = useState(draft ?? kept)
  const [refused, setRefused] = useState<Refused>({ fields: [], body: {} })
  const [refusals, setRefusals] = useState(0)
  const [refusal, setRefusal] = useState<MessageKey | null>(null)
  const [isSaved, setSaved] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const body = bodyOf(values)
  const isUnsaved = JSON.stringify(body) !== JSON.stringify(bodyOf(kept))

  useEffect(() => {
    if (isUnsaved) settingsDrafts.keep(site, part, values)
    else settingsDrafts.drop(site, part)
  }, [settingsDrafts, site, part, values, isUnsaved])

  const noteRefused = (fields: readonly FieldProblem[]): void => setRefused({ fields, body })
  const refuse = (error: unknown): void => {
    const fields = refusedFields(error)
    if (fields.length > 0) {
      noteRefused(fields)
      setRefusals((count) => count + 1)
    } else setRefusal(problemOf(error).key)
  }
  const keep = (): void => {
    setKept(values)
    noteRefused([])
    setSaved(true)
  }
  const save = async (): Promise<void> => {
    if (isBusy) return
    setRefusal(null)
    setSaved(false)
    setBusy(true)
    await changeSettings(session.api, site, body).then(keep, refuse)
    setBusy(false)
  }
  const change = (next: PartValues[P]): void => {
    setSaved(false)
    setValues(next)
  }
  const status = statusOf({ isUnsaved, isSaved, isDraft: draft !== undefined && values === draft })
  return { values, kept, refused, refusal, status, isBusy, isUnsaved, refusals, change, noteRefused, save }
}

function statusOf({ isUnsaved, isSaved, isDraft }: Readonly<Record<'isUnsaved' | 'isSaved' | 'isDraft', boolean>>): PartState<PartName>['status'] {
  if (isUnsaved) return isDraft ? 'kept' : 'unsaved'
  return isSaved ? 'saved' : null
}
