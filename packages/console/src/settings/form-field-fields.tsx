import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { PlaceProblem, type PlaceProblems } from '../form/place-problem.js'
import { useFocusNext } from '../form/use-focus-next.js'
import { OptionsFields } from './options-fields.js'
import type { FieldValues } from './request-form-values.js'
import { TextsFields } from './texts-fields.js'

/** What {@link FormFieldFields} shows and does. */
export interface FormFieldFieldsProps {
  /** Its place in the form, of `count`. */
  readonly index: number
  readonly count: number
  readonly field: FieldValues
  readonly languages: readonly string[]
  readonly problems: PlaceProblems
  readonly onField: (field: FieldValues) => void
  readonly onMove: (by: 1 | -1) => void
  readonly onRemove: () => void
}

const kinds = ['text', 'select', 'checkbox', 'date'] as const

/** One field of the request form. */
export function FormFieldFields({ index, count, field, languages, problems, onField, onMove, onRemove }: FormFieldFieldsProps): VNode {
  const { text } = useConsole().i18n
  const place = `requestForm.fields.${index}`
  const title = text('form.one', { n: index + 1 })
  return (
    <fieldset id={place} data-part="card-fields">
      <legend>{title}</legend>
      <div data-part="field">
        <label for={`${place}.kind`}>{text('form.kind')}</label>
        <select
          id={`${place}.kind`}
          value={field.kind}
          onChange={({ currentTarget }) => onField({ ...field, kind: currentTarget.value as FieldValues['kind'] })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {text(`form.kind.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      <TextsFields
        place={`${place}.label`}
        kind="text"
        title={text('form.label')}
        texts={field.label}
        {...{ languages, problems }}
        onTexts={(label) => onField({ ...field, label })}
      />
      <label data-part="check">
        <input type="checkbox" checked={field.isRequired} onChange={() => onField({ ...field, isRequired: !field.isRequired })} />
        {text('form.required')}
      </label>
      {field.kind === 'select' ? (
        <OptionsFields
          place={`${place}.options`}
          options={field.options}
          {...{ languages, problems }}
          onOptions={(options) => onField({ ...field, options })}
        />
      ) : null}
      <PlaceProblem place={place} problems={problems} />
      <FieldActions {...{ index, count, title, onMove, onRemove }} />
    </fieldset>
  )
}

type FieldActionsProps = Pick<FormFieldFieldsProps, 'index' | 'count' | 'onMove' | 'onRemove'> & { readonly title: string }

/** The focus goes along with a field that is moved, to the same button or, at an end, to the other. */
function FieldActions({ index, count, title, onMove, onRemove }: FieldActionsProps): VNode {
  const { text } = useConsole().i18n
  const focusNext = useFocusNext()
  const idOf = (at: number, by: 1 | -1): string => `form-field-${at}-${by === 1 ? 'down' : 'up'}`
  const canMove = (at: number, by: 1 | -1): boolean => at + by >= 0 && at + by < count
  const move = (by: 1 | -1): void => {
    const at = index + by
    focusNext(idOf(at, canMove(at, by) ? by : by === 1 ? -1 : 1))
    onMove(by)
  }
  const named = (words: string): VNode => (
    <>
      {words}
      <span data-part="hidden">: {title}</span>
    </>
  )
  return (
    <div data-part="row-actions">
      {([-1, 1] as const).map((by) =>
        canMove(index, by) ? (
          <button key={by} type="button" id={idOf(index, by)} data-part="quiet" onClick={() => move(by)}>
            {named(text(by === 1 ? 'form.down' : 'form.up'))}
          </button>
        ) : null
      )}
      <button type="button" data-part="quiet" onClick={onRemove}>
        {named(text('form.remove'))}
      </button>
    </div>
  )
}
