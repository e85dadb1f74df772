import type { VNode } from 'preact'
import { useCallback, useRef, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import type { PartName } from './settings-drafts.js'
import { UnsavedQuestion } from './unsaved-question.js'

/** Hears of a part of a site's settings whether it is typed and not saved. Stays the same function. */
export type OnUnsaved = (part: PartName, isUnsaved: boolean) => void

/** The way out of settings that may not be saved. */
export interface Unsaved {
  readonly note: OnUnsaved
  /** Goes at once where nothing would be lost; else asks, and goes if that is wanted. */
  readonly leave: (go: () => void) => void
  /** For the dialog's `cancel`: Escape asks, too. */
  readonly hold: (event: { readonly currentTarget: HTMLDialogElement; readonly preventDefault: () => void }) => void
  readonly question: VNode | null
}

/** Asks before settings of a site are left that are typed and not saved. */
export function useUnsaved(site: string | undefined): Unsaved {
  const { settingsDrafts } = useConsole()
  const unsaved = useRef(new Set<PartName>())
  const [leaving, setLeaving] = useState<{ readonly go: () => void } | null>(null)
  const note = useCallback<OnUnsaved>((part, isUnsaved) => {
    if (isUnsaved) unsaved.current.add(part)
    else unsaved.current.delete(part)
  }, [])
  const discard = (): void => {
    if (site !== undefined) settingsDrafts.dropAll(site)
    unsaved.current.clear()
    setLeaving(null)
    leaving?.go()
  }
  return {
    note,
    leave: (go) => (unsaved.current.size > 0 ? setLeaving({ go }) : go()),
    hold: (event) => {
      if (unsaved.current.size === 0) return
      const dialog = event.currentTarget
      event.preventDefault()
      setLeaving({ go: () => dialog.close() })
    },
    question: leaving ? <UnsavedQuestion onLeave={discard} onStay={() => setLeaving(null)} /> : null
  }
}
