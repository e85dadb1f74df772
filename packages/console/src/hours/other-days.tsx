import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { describe } from '../form/place-problem.js'
import { DayList, type DayListWords } from './day-list.js'
import type { ExceptionValues, HolidayValues } from './hours-values.js'
import type { HoursFieldsProps } from './week-fields.js'

const holidayWords: DayListWords = { title: 'hours.holidays', hint: 'hours.holidaysHint', one: 'hours.holiday', add: 'hours.addHoliday' }
const exceptionWords: DayListWords = { title: 'hours.exceptions', hint: 'hours.exceptionsHint', one: 'hours.exception', add: 'hours.addException' }

const daysOfMonth = Array.from({ length: 31 }, (_, index) => index + 1)

/** Days of each year that are not as in the week. */
export function HolidayFields({ values, problems, words, onValues }: HoursFieldsProps): VNode {
  const { text } = useConsole().i18n
  const change = (day: HolidayValues): void => onValues({ ...values, holidays: values.holidays.map((each) => (each.key === day.key ? day : each)) })
  return (
    <DayList
      place="hours.holidays"
      field="day"
      words={holidayWords}
      days={values.holidays}
      empty={{ month: '', dayOfMonth: '' }}
      problems={problems}
      onDays={(holidays) => onValues({ ...values, holidays })}
      which={(day, place, groups) => (
        <div data-part="time">
          <div data-part="time-end">
            <label for={place}>{text('hours.month')}</label>
            <select
              id={place}
              required
              value={day.month}
              onChange={({ currentTarget }) => change({ ...day, month: currentTarget.value })}
              {...describe([place, ...groups], problems)}
            >
              <option value="" />
              {words.months.map((name, index) => (
                <option key={name} value={twoDigits(index + 1)}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div data-part="time-end">
            <label for={`${place}.number`}>{text('hours.day')}</label>
            <select
              id={`${place}.number`}
              required
              value={day.dayOfMonth}
              onChange={({ currentTarget }) => change({ ...day, dayOfMonth: currentTarget.value })}
              {...describe([place, ...groups], problems)}
            >
              <option value="" />
              {daysOfMonth.map((number) => (
                <option key={number} value={twoDigits(number)}>
                  {number}
                </option>
              ))}
            </select>
          </div>
        </div>
      )}
    />
  )
}

/** Dates that are not as in the week. */
export function ExceptionFields({ values, problems, onValues }: HoursFieldsProps): VNode {
  const { text } = useConsole().i18n
  const change = (day: ExceptionValues): void =>
    onValues({ ...values, exceptions: values.exceptions.map((each) => (each.key === day.key ? day : each)) })
  return (
    <DayList
      place="hours.exceptions"
      field="date"
      words={exceptionWords}
      days={values.exceptions}
      empty={{ date: '' }}
      problems={problems}
      onDays={(exceptions) => onValues({ ...values, exceptions })}
      which={(day, place, groups) => (
        <div data-part="time-end">
          <label for={place}>{text('hours.date')}</label>
          <input
            id={place}
            type="date"
            required
            value={day.date}
            onInput={({ currentTarget }) => change({ ...day, date: currentTarget.value })}
            {...describe([place, ...groups], problems)}
          />
        </div>
      )}
    />
  )
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
