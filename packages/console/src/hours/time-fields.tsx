import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { describe, PlaceProblem, type PlaceProblems } from '../form/place-problem.js'
import { useFocusNext } from '../form/use-focus-next.js'
import { newKey, type TimeValues } from './hours-values.js'

/** What {@link TimeFields} shows and does. */
export interface TimeFieldsProps {
  /** Of the list, as the server names it: `hours.week.tue`. */
  readonly place: string
  /** Whose times they are, for the names of buttons. */
  readonly owner: string
  readonly times: readonly TimeValues[]
  readonly problems: PlaceProblems
  readonly onTimes: (times: readonly TimeValues[]) => void
}

/** The times of one day: none, which is closed, or several. */
export function TimeFields({ place, owner, times, problems, onTimes }: TimeFieldsProps): VNode {
  const { text } = useConsole().i18n
  const focusNext = useFocusNext()
  const addId = `${place}-add`
  const change = (changed: TimeValues): void => onTimes(times.map((time) => (time.key === changed.key ? changed : time)))
  const remove = ({ key }: TimeValues): void => {
    focusNext(addId)
    onTimes(times.filter((time) => time.key !== key))
  }
  const add = (): void => {
    focusNext(`${place}.${times.length}.from`)
    onTimes([...times, { key: newKey(), from: '', to: '' }])
  }
  return (
    <div id={place} data-part="times">
      {times.length === 0 ? <p data-part="hint">{text('hours.closed')}</p> : null}
      {times.map((time, index) => (
        <TimeRow
          key={time.key}
          place={`${place}.${index}`}
          owner={owner}
          groups={[place, place.replace(/\.open$/, '')]}
          time={time}
          problems={problems}
          onTime={change}
          onRemove={remove}
        />
      ))}
      <PlaceProblem place={place} problems={problems} />
      <button type="button" id={addId} data-part="quiet" onClick={add}>
        {text('hours.addTime')}
        <span data-part="hidden">: {owner}</span>
      </button>
    </div>
  )
}

interface TimeRowProps extends Pick<TimeFieldsProps, 'place' | 'owner' | 'problems'> {
  /** Whose problems concern it too. */
  readonly groups: readonly string[]
  readonly time: TimeValues
  readonly onTime: (time: TimeValues) => void
  readonly onRemove: (time: TimeValues) => void
}

function TimeRow({ place, owner, groups, time, problems, onTime, onRemove }: TimeRowProps): VNode {
  const { text } = useConsole().i18n
  return (
    <div id={place} data-part="time">
      {(['from', 'to'] as const).map((end) => (
        <div key={end} data-part="time-end">
          <label for={`${place}.${end}`}>{text(`hours.${end}`)}</label>
          <input
            id={`${place}.${end}`}
            type="time"
            required
            value={time[end]}
            onInput={({ currentTarget }) => onTime({ ...time, [end]: currentTarget.value })}
            {...describe([`${place}.${end}`, place, ...groups], problems)}
          />
        </div>
      ))}
      <button type="button" data-part="quiet" onClick={() => onRemove(time)}>
        {text('hours.remove')}
        <span data-part="hidden">
          : {owner} {time.from}–{time.to}
        </span>
      </button>
      <PlaceProblem place={`${place}.from`} problems={problems} />
      <PlaceProblem place={`${place}.to`} problems={problems} />
      <PlaceProblem place={place} problems={problems} />
    </div>
  )
}
