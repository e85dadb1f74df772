import type { VNode } from 'preact'
import { useCallback, useRef, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { UnsavedQuestion } from './unsaved-question.js'

/** The way out of hours that may not be saved. */
export interface UnsavedHours {
  /** Hears whether there are any. */
  readonly note: (isUnsaved: boolean) => void
  /** Goes at once where nothing would be lost; else asks, and goes if that is wanted. */
  readonly leave: (go: () => void) => void
  /** For the dialog's `cancel`: Escape asks, too. */
  readonly hold: (event: { readonly currentTarget: HTMLDialogElement; readonly preventDefault: () => void }) => void
  readonly question: VNode | null
}

/** Asks before hours of a site are left that are typed and not saved. */
export function useUnsavedHours(site: string | undefined): UnsavedHours {
  const { hoursDrafts } = useConsole()
  const isUnsaved = useRef(false)
  const [leaving, setLeaving] = useState<{ readonly go: () => void } | null>(null)
  const note = useCallback((is: boolean) => {
    isUnsaved.current = is
  }, [])
  const discard = (): void => {
    if (site !== undefined) hoursDrafts.drop(site)
    isUnsaved.current = false
    setLeaving(null)
    leaving?.go()
  }
  return {
    note,
    leave: (go) => (isUnsaved.current ? setLeaving({ go }) : go()),
    hold: (event) => {
      if (!isUnsaved.current) return
      const dialog = event.currentTarget
      event.preventDefault()
      setLeaving({ go: () => dialog.close() })
    },
    question: leaving ? <UnsavedQuestion onLeave={discard} onStay={() => setLeaving(null)} /> : null
  }
}
