import type { RequestForm } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { PlaceField } from '../form/place-field.js'
import { PlaceProblem } from '../form/place-problem.js'
import { useFocusNext } from '../form/use-focus-next.js'
import type { MessageKey } from '../stores/language.js'
import { FormFieldFields } from './form-field-fields.js'
import { LanguageAdder } from './language-adder.js'
import { PartForm } from './part-form.js'
import type { RefusedPlaces } from './refused-places.js'
import { type FieldValues, moved, newField, requestFormBody, requestFormValues } from './request-form-values.js'
import { TextsFields } from './texts-fields.js'
import { usePartForm } from './use-part-form.js'
import type { OnUnsaved } from './use-unsaved.js'

/** What {@link RequestFormForm} shows and tells. */
export interface RequestFormFormProps {
  readonly site: string
  readonly saved: RequestForm | null
  readonly onUnsaved: OnUnsaved
}

const words: readonly (readonly [RegExp, MessageKey])[] = [
  [/\.options$/, 'form.badOptions'],
  [/\.label(\.[^.]+)?$/, 'form.badLabel'],
  [/\.url$/, 'form.badUrl'],
  [/\.fields$/, 'form.manyFields']
]
const label = String.raw`\.label(\.[^.]+)?`
const places: RefusedPlaces = {
  pattern: new RegExp(`^requestForm\\.(fields(\\.\\d+(${label}|\\.options(\\.\\d+(${label})?)?)?)?|consent\\.url|consent${label})$`),
  wordsOf: (place, problem) =>
    problem === 'is not a language like en or pt-BR' ? 'texts.badLanguage' : (words.find(([at]) => at.test(place))?.[1] ?? 'settings.refused')
}

/** What a site asks for in its request form beside name, email, phone and the question. */
export function RequestFormForm({ site, saved, onUnsaved }: RequestFormFormProps): VNode {
  const { text } = useConsole().i18n
  const form = usePartForm({ site, part: 'requestForm', saved: () => requestFormValues(saved), bodyOf: requestFormBody, places })
  const { values, problems } = form
  const { fields, languages } = values
  const focusNext = useFocusNext()
  const setFields = (changed: readonly FieldValues[]): void => form.change({ ...values, fields: changed })
  const addField = (): void => {
    focusNext(`requestForm.fields.${fields.length}.kind`)
    setFields([...fields, newField(fields)])
  }
  const removeField = (id: string): void => {
    focusNext('form-add')
    setFields(fields.filter((field) => field.id !== id))
  }
  const addLanguage = (language: string): void => {
    focusNext(fields.length > 0 ? `requestForm.fields.0.label.${language}` : `requestForm.consent.label.${language}`)
    form.change({ ...values, languages: [...new Set([...languages, language])] })
  }
  return (
    <PartForm part="requestForm" state={form} problems={problems} action="form.save" onUnsaved={onUnsaved}>
      <p data-part="hint">{text('form.hint')}</p>
      <div id="requestForm.fields" data-part="cards">
        {fields.map((field, index) => (
          <FormFieldFields
            key={field.id}
            {...{ index, field, languages, problems }}
            count={fields.length}
            onField={(changed) => setFields(fields.map((each) => (each.id === changed.id ? changed : each)))}
            onMove={(by) => setFields(moved(fields, index, by))}
            onRemove={() => removeField(field.id)}
          />
        ))}
        <PlaceProblem place="requestForm.fields" problems={problems} />
        <button type="button" id="form-add" data-part="secondary" onClick={addField}>
          {text('form.add')}
        </button>
      </div>
      <TextsFields
        place="requestForm.consent.label"
        kind="text"
        title={text('form.consent')}
        hint={text('form.consentHint')}
        texts={values.consent}
        {...{ languages, problems }}
        onTexts={(consent) => form.change({ ...values, consent })}
      />
      <PlaceField
        place="requestForm.consent.url"
        kind="address"
        label={text('form.url')}
        hint={text('form.urlHint')}
        value={values.consentUrl}
        problems={problems}
        onValue={(consentUrl) => form.change({ ...values, consentUrl })}
      />
      <LanguageAdder id="form-language" onAdd={addLanguage} />
    </PartForm>
  )
}
