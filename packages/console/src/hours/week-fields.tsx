import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { PlaceProblem, type PlaceProblems } from '../form/place-problem.js'
import type { CalendarWords } from './calendar-words.js'

import { type HoursValues, weekdays } from './hours-values.js'
import { TimeFields } from './time-fields.js'

/** What the fields of hours share. */
export interface HoursFieldsProps {
  readonly values: HoursValues
  readonly problems: PlaceProblems
  readonly words: CalendarWords
  readonly onValues: (values: HoursValues) => void
}

/** What holds on the seven days. */
export function WeekFields({ values, problems, words, onValues }: HoursFieldsProps): VNode {
  const { text } = useConsole().i18n
  return (
    <fieldset id="hours.week" data-part="hours-group" aria-describedby="hours-week-hint">
      <legend>{text('hours.week')}</legend>
      <p id="hours-week-hint" data-part="hint">
        {text('hours.weekHint')}
      </p>
      <PlaceProblem place="hours.week" problems={problems} />
      {weekdays.map((day) => (
        <fieldset key={day} data-part="hours-day">
          <legend>{words.weekday(day)}</legend>
          <TimeFields
            place={`hours.week.${day}`}
            owner={words.weekday(day)}
            times={values.week[day]}
            problems={problems}
            onTimes={(times) => onValues({ ...values, week: { ...values.week, [day]: times } })}
          />
        </fieldset>
      ))}
    </fieldset>
  )
}
