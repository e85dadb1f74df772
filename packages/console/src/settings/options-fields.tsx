import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { describe, PlaceProblem, type PlaceProblems } from '../form/place-problem.js'
import { useFocusNext } from '../form/use-focus-next.js'
import { newOption, type OptionValues } from './request-form-values.js'
import { TextsFields } from './texts-fields.js'

/** What {@link OptionsFields} shows and does. */
export interface OptionsFieldsProps {
  readonly place: string
  readonly options: readonly OptionValues[]
  readonly languages: readonly string[]
  readonly problems: PlaceProblems
  readonly onOptions: (options: readonly OptionValues[]) => void
}

/** The answers that a choice offers. */
export function OptionsFields({ place, options, languages, problems, onOptions }: OptionsFieldsProps): VNode {
  const { text } = useConsole().i18n
  const focusNext = useFocusNext()
  const add = (): void => {
    focusNext(`${place}.${options.length}.label.${languages[0]}`)
    onOptions([...options, newOption(options)])
  }
  const remove = (id: string): void => {
    focusNext(`${place}-add`)
    onOptions(options.filter((option) => option.id !== id))
  }
  return (
    <div id={place} data-part="cards">
      {options.map(({ id, label }, index) => {
        const title = text('form.option', { n: index + 1 })
        return (
          <div key={id} id={`${place}.${index}`} data-part="option">
            <TextsFields
              place={`${place}.${index}.label`}
              kind="text"
              title={title}
              texts={label}
              {...{ languages, problems }}
              groups={[place]}
              onTexts={(changed) => onOptions(options.map((option) => (option.id === id ? { id, label: changed } : option)))}
            />
            <button type="button" data-part="quiet" onClick={() => remove(id)}>
              {text('form.removeOption')}
              <span data-part="hidden">: {title}</span>
            </button>
          </div>
        )
      })}
      <PlaceProblem place={place} problems={problems} />
      <button type="button" id={`${place}-add`} data-part="quiet" onClick={add} aria-describedby={describe([place], problems)['aria-describedby']}>
        {text('form.addOption')}
      </button>
    </div>
  )
}
