import type { VNode } from 'preact'
import { describe, PlaceProblem, type PlaceProblems } from './place-problem.js'

/** What {@link PlaceField} shows and does. */
export interface PlaceFieldProps {
  /** As the server names it; its id on the page. */
  readonly place: string
  readonly label: string
  readonly value: string
  readonly problems: PlaceProblems
  readonly onValue: (value: string) => void
  readonly hint?: string
  /** Groups whose problems concern it too. */
  readonly groups?: readonly string[]
  /** `lines`: as many lines as somebody needs. Default `text`. */
  readonly kind?: 'text' | 'lines' | 'number' | 'email' | 'address'
  /** The language of what is typed. Default: that of the page. */
  readonly lang?: string
}

/** A field that knows what the server names it, with its label, and what is wrong with it or else its hint. */
export function PlaceField(props: PlaceFieldProps): VNode {
  const { place, label, value, problems, onValue, hint, groups = [], kind = 'text', lang } = props
  const common = {
    id: place,
    autocomplete: 'off',
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) => onValue(currentTarget.value),
    ...(lang !== undefined && { lang, dir: 'auto' as const }),
    ...describe([place, ...groups], problems, hint && `${place}-hint`)
  } as const
  // What the browser does with fields of other types would take away what it does not understand.
  const mode = kind === 'number' ? 'decimal' : kind === 'email' ? 'email' : kind === 'address' ? 'url' : 'text'
  const isPlain = kind === 'email' || kind === 'address'
  return (
    <div data-part="field">
      <label for={place}>{label}</label>
      {kind === 'lines' ? (
        <textarea {...common} rows={2} />
      ) : (
        <input {...common} inputMode={mode} {...(isPlain && { autocapitalize: 'none', spellcheck: false, dir: 'ltr' as const })} />
      )}
      <PlaceProblem place={place} problems={problems} />
      {hint && !problems.has(place) ? (
        <p id={`${place}-hint`} data-part="hint">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
