import type { OperatorRow } from '@porchlight/protocol'
import { cleanName } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { describe, PlaceProblem, type PlaceProblems } from '../form/place-problem.js'

/** What {@link OperatorChoice} shows and does. */
export interface OperatorChoiceProps {
  readonly place: string
  readonly operators: readonly OperatorRow[]
  /** Ids. */
  readonly chosen: readonly string[]
  readonly problems: PlaceProblems
  readonly onChosen: (ids: readonly string[]) => void
}

/** Who answers in a department, by name. Whoever is chosen and no operator of the site any more is here by his id, to be taken out. */
export function OperatorChoice({ place, operators, chosen, problems, onChosen }: OperatorChoiceProps): VNode {
  const { text } = useConsole().i18n
  const strangers = chosen.filter((id) => !operators.some((operator) => operator.id === id)).map((id) => ({ id, name: id, email: '' }))
  const all = [...operators, ...strangers]
  // In the order of the list, so that who is taken out and put back changes nothing.
  const toggle = (id: string): void => onChosen(all.map((each) => each.id).filter((each) => (each === id) !== chosen.includes(each)))
  return (
    <fieldset id={place} data-part="choice" {...describe([], problems, `${place}-hint`)}>
      <legend>{text('departments.operators')}</legend>
      <p id={`${place}-hint`} data-part="hint">
        {text('departments.operatorsHint')}
      </p>
      {all.map(({ id, name, email }) => (
        <label key={id} data-part="check">
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} {...describe([place], problems)} />
          <span>
            <bdi>{cleanName(name)}</bdi> <span data-part="hint">{email}</span>
          </span>
        </label>
      ))}
      <PlaceProblem place={place} problems={problems} />
    </fieldset>
  )
}
