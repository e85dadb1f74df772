import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { PlaceProblem } from '../form/place-problem.js'
import { useFocusNext } from '../form/use-focus-next.js'
import type { MessageKey } from '../stores/language.js'
import type { DepartmentsSettings } from '../stores/site-settings.js'
import { DepartmentFields } from './department-fields.js'
import { type DepartmentValues, departmentsBody, departmentsValues, newDepartment } from './departments-values.js'
import { PartForm } from './part-form.js'
import { Question } from './question.js'
import type { RefusedPlaces } from './refused-places.js'
import { usePartForm } from './use-part-form.js'
import type { OnUnsaved } from './use-unsaved.js'

/** What {@link DepartmentsForm} shows and tells. */
export interface DepartmentsFormProps {
  readonly site: string
  readonly saved: DepartmentsSettings
  readonly onUnsaved: OnUnsaved
}

const words: Readonly<Record<string, MessageKey>> = {
  id: 'sites.badId',
  name: 'departments.badName',
  operators: 'departments.badOperators',
  'holds an id twice': 'departments.twice'
}
const places: RefusedPlaces = {
  pattern: /^departments(\.\d+(\.(id|name|operators))?)?$/,
  wordsOf: (place, problem) => words[place.slice(place.lastIndexOf('.') + 1)] ?? words[problem] ?? 'settings.refused'
}

/** The departments of a site: who answers in each, and when it is open. */
export function DepartmentsForm({ site, saved, onUnsaved }: DepartmentsFormProps): VNode {
  const { text } = useConsole().i18n
  const form = usePartForm({ site, part: 'departments', saved: () => departmentsValues(saved.departments), bodyOf: departmentsBody, places })
  const [leaving, setLeaving] = useState<DepartmentValues | null>(null)
  const focusNext = useFocusNext()
  const add = (): void => {
    focusNext(`departments.${form.values.length}.name`)
    form.change([...form.values, newDepartment()])
  }
  const remove = ({ key }: DepartmentValues): void => {
    focusNext('departments-add')
    setLeaving(null)
    form.change(form.values.filter((each) => each.key !== key))
  }
  return (
    <PartForm part="departments" state={form} problems={form.problems} action="departments.save" onUnsaved={onUnsaved}>
      <p data-part="hint">{text('departments.hint')}</p>
      <div id="departments" data-part="cards">
        {form.values.map((department, index) => (
          <DepartmentFields
            key={department.key}
            index={index}
            department={department}
            isKept={form.kept.some(({ key }) => key === department.key)}
            operators={saved.operators}
            problems={form.problems}
            onDepartment={(changed) => form.change(form.values.map((each) => (each.key === changed.key ? changed : each)))}
            onRemove={() => setLeaving(department)}
          />
        ))}
        <PlaceProblem place="departments" problems={form.problems} />
        <button type="button" id="departments-add" data-part="secondary" onClick={add}>
          {text('departments.add')}
        </button>
      </div>
      {leaving ? (
        <Question
          id="department-question"
          title={text('departments.removeTitle')}
          text={text('departments.removeText', { name: leaving.name || text('departments.unnamed') })}
          stay={text('departments.stay')}
          go={text('departments.removeIt')}
          onStay={() => setLeaving(null)}
          onGo={() => remove(leaving)}
        />
      ) : null}
    </PartForm>
  )
}
