import type { SiteHours } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { readSiteHours } from '../stores/hours.js'
import type { MessageKey } from '../stores/language.js'
import { problemOf } from '../stores/problem.js'
import { HoursForm, type HoursFormProps } from './hours-form.js'

/** The part of a site's dialog that says when it is open, once what is kept was read. */
export function HoursPart({ site, onUnsaved }: Omit<HoursFormProps, 'saved'>): VNode {
  const { session, i18n } = useConsole()
  const [saved, setSaved] = useState<SiteHours | null | undefined>(undefined)
  const [problem, setProblem] = useState<MessageKey | null>(null)
  const [tries, setTries] = useState(0)
  // Each try reads anew.
  useEffect(() => {
    let isOver = false
    readSiteHours(session.api, site).then(
      (hours) => isOver || setSaved(hours),
      (error: unknown) => isOver || setProblem(problemOf(error).key)
    )
    return () => {
      isOver = true
    }
  }, [session, site, tries])
  const again = (): void => {
    setProblem(null)
    setTries(tries + 1)
  }
  return (
    <section data-part="hours-part" aria-labelledby="hours-title">
      <h3 id="hours-title">{i18n.text('hours.title')}</h3>
      {problem ? (
        <>
          <p role="alert" data-part="problem">
            {i18n.text(problem)}
          </p>
          <button type="button" data-part="secondary" onClick={again}>
            {i18n.text('app.tryAgain')}
          </button>
        </>
      ) : null}
      {saved === undefined ? null : <HoursForm site={site} saved={saved} onUnsaved={onUnsaved} />}
    </section>
  )
}
