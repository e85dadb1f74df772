import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import type { PlaceProblems } from '../form/place-problem.js'
import type { MessageKey } from '../stores/language.js'
import type { PartName } from './settings-drafts.js'
import type { PartState } from './use-part-state.js'
import type { OnUnsaved } from './use-unsaved.js'

/** What {@link PartForm} shows and tells. */
export interface PartFormProps {
  readonly part: PartName
  readonly state: Pick<PartState<PartName>, 'refusal' | 'status' | 'isBusy' | 'isUnsaved' | 'refusals' | 'save'>
  readonly problems: PlaceProblems
  /** The words of its button. */
  readonly action: MessageKey
  readonly onUnsaved: OnUnsaved
  /** Hears the id of the field that somebody is at; empty: none. */
  readonly onFocus?: (id: string) => void
  readonly children: ComponentChildren
}

const statusTexts: Readonly<Record<NonNullable<PartFormProps['state']['status']>, MessageKey>> = {
  saved: 'sites.saved',
  unsaved: 'settings.unsaved',
  kept: 'settings.kept'
}

/** A part of a site's settings to be changed: its fields, what the server said of the whole, one button, and whether it is saved. */
export function PartForm({ part, state, problems, action, onUnsaved, onFocus, children }: PartFormProps): VNode {
  const { text } = useConsole().i18n
  const element = useFirstProblem(state.refusals, problems)
  useUnsaved(part, state.isUnsaved, onUnsaved)
  const refusal = state.refusal ?? problems.get('')
  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void state.save()
      }}
      onFocusIn={({ target }) => onFocus?.((target as HTMLElement).id)}
      onFocusOut={() => onFocus?.('')}
    >
      {children}
      {refusal ? (
        <p role="alert" data-part="problem">
          {text(refusal)}
        </p>
      ) : null}
      <button type="submit" data-part="primary" aria-disabled={state.isBusy}>
        {text(action)}
      </button>
      <p role="status" data-part="hint">
        {state.status && text(statusTexts[state.status])}
      </p>
    </form>
  )
}

/** After each refusal of what was to be saved the focus goes to the first field that is wrong, or the first of a group that is. */
function useFirstProblem(refusals: number, problems: PlaceProblems): { current: HTMLFormElement | null } {
  const element = useRef<HTMLFormElement>(null)
  // Problems that come and go with what is typed move no focus.
  useLayoutEffect(() => {
    if (refusals === 0) return
    const wrong = [...(element.current?.querySelectorAll<HTMLElement>('[id]') ?? [])].find(({ id }) => problems.has(id))
    const control = wrong?.matches('input, select, textarea') ? wrong : wrong?.querySelector<HTMLElement>('input, select, textarea, button')
    control?.focus()
  }, [refusals])
  return element
}

/** Whoever closes or reloads the page is asked by the browser; who leaves within it, by the dialog. */
function useUnsaved(part: PartName, isUnsaved: boolean, onUnsaved: OnUnsaved): void {
  useLayoutEffect(() => onUnsaved(part, isUnsaved), [part, isUnsaved, onUnsaved])
  useLayoutEffect(() => () => onUnsaved(part, false), [part, onUnsaved])
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: Event): void => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isUnsaved])
}
