import type { OperatorRow } from '@porchlight/protocol'
import { cleanName } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { PlaceField } from '../form/place-field.js'
import { PlaceProblem, type PlaceProblems } from '../form/place-problem.js'
import { type DepartmentValues, renamed } from './departments-values.js'
import { OperatorChoice } from './operator-choice.js'

/** What {@link DepartmentFields} shows and does. */
export interface DepartmentFieldsProps {
  /** Its place in the list. */
  readonly index: number
  readonly department: DepartmentValues
  /** The server has it: pages may name it, so its public name stays. */
  readonly isKept: boolean
  readonly operators: readonly OperatorRow[]
  readonly problems: PlaceProblems
  readonly onDepartment: (department: DepartmentValues) => void
  readonly onRemove: () => void
}

/** One department. */
export function DepartmentFields({ index, department, isKept, operators, problems, onDepartment, onRemove }: DepartmentFieldsProps): VNode {
  const { text } = useConsole().i18n
  const place = `departments.${index}`
  const groups = [place, 'departments']
  const title = department.name.trim() === '' ? text('departments.one', { n: index + 1 }) : cleanName(department.name)
  return (
    <fieldset id={place} data-part="card-fields">
      <legend>{title}</legend>
      <PlaceField
        place={`${place}.name`}
        label={text('departments.name')}
        value={department.name}
        {...{ problems, groups }}
        onValue={(name) => onDepartment(renamed(department, name))}
      />
      {isKept ? (
        <p data-part="hint">{text('departments.keptId', { id: department.id })}</p>
      ) : (
        <PlaceField
          place={`${place}.id`}
          kind="address"
          label={text('sites.id')}
          hint={text('departments.idHint')}
          value={department.id}
          {...{ problems, groups }}
          onValue={(id) => onDepartment({ ...department, id, isIdTyped: true })}
        />
      )}
      <OperatorChoice
        place={`${place}.operators`}
        operators={operators}
        chosen={department.operators}
        problems={problems}
        onChosen={(chosen) => onDepartment({ ...department, operators: chosen })}
      />
      <HoursChoice place={`${place}.hours`} department={department} onDepartment={onDepartment} />
      <PlaceProblem place={place} problems={problems} />
      <button type="button" data-part="quiet" onClick={onRemove}>
        {text('departments.remove')}
        <span data-part="hidden">: {title}</span>
      </button>
    </fieldset>
  )
}

interface HoursChoiceProps extends Pick<DepartmentFieldsProps, 'department' | 'onDepartment'> {
  readonly place: string
}

function HoursChoice({ place, department, onDepartment }: HoursChoiceProps): VNode {
  const { text } = useConsole().i18n
  const choices = (['site', 'always', 'own'] as const).filter((choice) => choice !== 'own' || department.ownHours !== null)
  const isOwn = department.hours === 'own'
  return (
    <div data-part="field">
      <label for={place}>{text('hours.title')}</label>
      <select
        id={place}
        value={department.hours}
        aria-describedby={isOwn ? `${place}-hint` : undefined}
        onChange={({ currentTarget }) => onDepartment({ ...department, hours: currentTarget.value as DepartmentValues['hours'] })}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {text(`departments.hours.${choice}`)}
          </option>
        ))}
      </select>
      {isOwn ? (
        <p id={`${place}-hint`} data-part="hint">
          {text('departments.ownHoursHint')}
        </p>
      ) : null}
    </div>
  )
}
