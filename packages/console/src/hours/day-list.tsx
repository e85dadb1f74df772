import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { PlaceProblem, type PlaceProblems } from '../form/place-problem.js'
import { useFocusNext } from '../form/use-focus-next.js'
import type { MessageKey } from '../stores/language.js'
import { newKey, type TimeValues } from './hours-values.js'
import { TimeFields } from './time-fields.js'

interface Day {
  readonly key: number
  readonly open: readonly TimeValues[]
}

/** The words of a list of days. */
export interface DayListWords {
  readonly title: MessageKey
  readonly hint: MessageKey
  /** One of them, by its number. */
  readonly one: MessageKey
  readonly add: MessageKey
}

/** What {@link DayList} shows and does. */
export interface DayListProps<D extends Day> {
  /** As the server names it: `hours.holidays`. */
  readonly place: string
  /** The field of a day that says which day it is, as the server names it. */
  readonly field: string
  readonly words: DayListWords
  readonly days: readonly D[]
  readonly empty: Omit<D, 'key' | 'open'>
  readonly problems: PlaceProblems
  /** The fields that say which day it is; the first has the id `place`. */
  readonly which: (day: D, place: string, groups: readonly string[]) => VNode
  readonly onDays: (days: readonly D[]) => void
}

/** Days that are not as in the week: each says which it is, and when it is open. */
export function DayList<D extends Day>({ place, field, words, days, empty, problems, which, onDays }: DayListProps<D>): VNode {
  const { text } = useConsole().i18n
  const focusNext = useFocusNext()
  const add = (): void => {
    focusNext(`${place}.${days.length}.${field}`)
    onDays([...days, { ...empty, key: newKey(), open: [] } as unknown as D])
  }
  const remove = ({ key }: D): void => {
    focusNext(`${place}-add`)
    onDays(days.filter((day) => day.key !== key))
  }
  return (
    <fieldset id={place} data-part="hours-group" aria-describedby={`${place}-hint`}>
      <legend>{text(words.title)}</legend>
      <p id={`${place}-hint`} data-part="hint">
        {text(words.hint)}
      </p>
      {days.map((day, index) => {
        const title = text(words.one, { n: index + 1 })
        const at = `${place}.${index}`
        return (
          <fieldset key={day.key} id={at} data-part="hours-card">
            <legend>{title}</legend>
            {which(day, `${at}.${field}`, [at, place])}
            <PlaceProblem place={`${at}.${field}`} problems={problems} />
            <PlaceProblem place={at} problems={problems} />
            <TimeFields
              place={`${at}.open`}
              owner={title}
              times={day.open}
              problems={problems}
              onTimes={(open) => onDays(days.map((each) => (each.key === day.key ? { ...each, open } : each)))}
            />
            <button type="button" data-part="quiet" onClick={() => remove(day)}>
              {text('hours.removeDay')}
              <span data-part="hidden">: {title}</span>
            </button>
          </fieldset>
        )
      })}
      <PlaceProblem place={place} problems={problems} />
      <button type="button" id={`${place}-add`} data-part="secondary" onClick={add}>
        {text(words.add)}
      </button>
    </fieldset>
  )
}
