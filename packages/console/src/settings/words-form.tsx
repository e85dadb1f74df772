import type { SiteWords } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { useFocusNext } from '../form/use-focus-next.js'
import { LanguageAdder } from './language-adder.js'
import { PartForm } from './part-form.js'
import type { RefusedPlaces } from './refused-places.js'
import { TextsFields } from './texts-fields.js'
import { usePartForm } from './use-part-form.js'
import type { OnUnsaved } from './use-unsaved.js'
import { wordNames, wordsBody, wordsValues } from './words-values.js'

/** What {@link WordsForm} shows and tells. */
export interface WordsFormProps {
  readonly site: string
  readonly saved: SiteWords | null
  readonly onUnsaved: OnUnsaved
}

const places: RefusedPlaces = {
  pattern: /^words\.[a-zA-Z]+(\.[^.]+)?$/,
  wordsOf: (_place, problem) =>
    problem === 'is not a language like en or pt-BR' ? 'texts.badLanguage' : problem.startsWith('is in more') ? 'texts.manyLanguages' : 'words.bad'
}

/** What a site says by itself, in each language. */
export function WordsForm({ site, saved, onUnsaved }: WordsFormProps): VNode {
  const { text } = useConsole().i18n
  const form = usePartForm({ site, part: 'words', saved: () => wordsValues(saved), bodyOf: wordsBody, places })
  const { languages, texts } = form.values
  const focusNext = useFocusNext()
  const add = (language: string): void => {
    focusNext(`words.${wordNames[0]}.${language}`)
    form.change({ texts, languages: [...new Set([...languages, language])] })
  }
  return (
    <PartForm part="words" state={form} problems={form.problems} action="words.save" onUnsaved={onUnsaved}>
      <p data-part="hint">{text('words.hint')}</p>
      {wordNames.map((name) => (
        <TextsFields
          key={name}
          place={`words.${name}`}
          kind="lines"
          title={text(`words.${name}`)}
          hint={text(`words.${name}Hint`)}
          texts={texts[name]}
          languages={languages}
          problems={form.problems}
          onTexts={(changed) => form.change({ languages, texts: { ...texts, [name]: changed } })}
        />
      ))}
      <LanguageAdder id="words-language" onAdd={add} />
    </PartForm>
  )
}
