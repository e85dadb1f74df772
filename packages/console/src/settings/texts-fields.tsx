import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { PlaceField } from '../form/place-field.js'
import { describe, PlaceProblem, type PlaceProblems } from '../form/place-problem.js'
import { type LanguageTexts, languageName, withText } from './language-texts.js'

/** What {@link TextsFields} shows and does. */
export interface TextsFieldsProps {
  /** As the server names it: `words.accepted`. */
  readonly place: string
  readonly title: string
  readonly hint?: string
  readonly kind: 'text' | 'lines'
  readonly texts: LanguageTexts
  readonly languages: readonly string[]
  readonly problems: PlaceProblems
  /** Groups around it whose problems concern it too. */
  readonly groups?: readonly string[]
  readonly onTexts: (texts: LanguageTexts) => void
}

/** One text in each of several languages. */
export function TextsFields({ place, title, hint, kind, texts, languages, problems, groups = [], onTexts }: TextsFieldsProps): VNode {
  const { locale } = useConsole().i18n
  return (
    <fieldset id={place} data-part="texts" {...describe([], problems, hint && `${place}-hint`)}>
      <legend>{title}</legend>
      {hint ? (
        <p id={`${place}-hint`} data-part="hint">
          {hint}
        </p>
      ) : null}
      {languages.map((language) => (
        <PlaceField
          key={language}
          place={`${place}.${language}`}
          kind={kind}
          label={languageName(language, locale)}
          lang={language}
          value={texts.get(language) ?? ''}
          problems={problems}
          groups={[place, ...groups]}
          onValue={(text) => onTexts(withText(texts, language, text))}
        />
      ))}
      <PlaceProblem place={place} problems={problems} />
    </fieldset>
  )
}
