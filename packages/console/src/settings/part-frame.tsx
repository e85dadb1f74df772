import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import type { Api } from '../stores/api.js'
import type { MessageKey } from '../stores/language.js'
import { problemOf } from '../stores/problem.js'

/** What {@link PartFrame} reads and shows. */
export interface PartFrameProps<T> {
  readonly site: string
  /** Stays the same function. */
  readonly read: (api: Api, site: string) => Promise<T>
  readonly children: (saved: T) => VNode
}

/** A part of a site's settings, once what is kept was read; what failed is read again on demand. */
export function PartFrame<T>({ site, read, children }: PartFrameProps<T>): VNode {
  const { session, i18n } = useConsole()
  const [saved, setSaved] = useState<{ readonly value: T } | null>(null)
  const [problem, setProblem] = useState<MessageKey | null>(null)
  const [tries, setTries] = useState(0)
  // Each try reads anew.
  useEffect(() => {
    let isOver = false
    read(session.api, site).then(
      (value) => isOver || setSaved({ value }),
      (error: unknown) => isOver || setProblem(problemOf(error).key)
    )
    return () => {
      isOver = true
    }
  }, [session, site, read, tries])
  const again = (): void => {
    setProblem(null)
    setTries(tries + 1)
  }
  return (
    <>
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
      {saved && children(saved.value)}
    </>
  )
}
