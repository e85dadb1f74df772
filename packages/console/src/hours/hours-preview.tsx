import type { PreviewedDay, PreviewedTime } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { CalendarWords } from './calendar-words.js'
import type { PreviewState } from './use-hours-preview.js'

const hourMs = 3_600_000

/** What customers would see in the next two weeks, day by day, as the server has computed it. */
export function HoursPreviewList({ preview, words }: { readonly preview: PreviewState; readonly words: CalendarWords }): VNode {
  const { text } = useConsole().i18n
  return (
    <section data-part="preview" data-state={preview.state} aria-labelledby="hours-preview" aria-busy={preview.state === 'reading'}>
      <h4 id="hours-preview">{text('hours.preview')}</h4>
      {preview.state === 'failed' ? <p data-part="problem">{text(preview.problem)}</p> : null}
      {preview.state === 'refused' ? <p data-part="hint">{text('hours.previewWaits')}</p> : null}
      {'preview' in preview && preview.preview ? (
        <>
          <p data-part="hint">{text('hours.previewZone', { zone: preview.preview.zone })}</p>
          {/* biome-ignore lint/a11y/noRedundantRoles: Safari forgets a list whose markers are off */}
          <ol role="list" aria-labelledby="hours-preview">
            {preview.preview.days.map((day) => (
              <Day key={day.date} day={day} words={words} />
            ))}
          </ol>
        </>
      ) : null}
    </section>
  )
}

function Day({ day, words }: { readonly day: PreviewedDay; readonly words: CalendarWords }): VNode {
  const { text } = useConsole().i18n
  const { date, startsAt, endsAt, open, isException } = day
  const hours = (endsAt - startsAt) / hourMs
  return (
    <li data-state={open.length > 0 ? 'open' : 'closed'}>
      <span data-part="preview-day">{words.date(date)}</span>{' '}
      <span data-part="preview-times">
        {open.length === 0 ? text('hours.closed') : open.map((time) => <TimeText key={time.startsAt} day={day} time={time} words={words} />)}
        {isException ? <span data-part="pill">{text('hours.isException')}</span> : null}
        {hours === 24 ? null : (
          <span data-part="hint">{text(hours < 24 ? 'hours.clocksForward' : 'hours.clocksBack', { duration: words.hours(hours) })}</span>
        )}
      </span>
    </li>
  )
}

interface TimeTextProps {
  readonly day: PreviewedDay
  readonly time: PreviewedTime
  readonly words: CalendarWords
}

function TimeText({ day, time: { startsAt, endsAt, localStart, localEnd }, words }: TimeTextProps): VNode {
  const { text } = useConsole().i18n
  if (startsAt === day.startsAt && endsAt === day.endsAt) return <span>{text('hours.allDay')}</span>
  const times = { from: words.time(localStart), to: words.time(localEnd) }
  if (startsAt < day.startsAt) return <span>{text('hours.sinceDayBefore', times)}</span>
  return <span>{text(endsAt > day.endsAt ? 'hours.untilNextDay' : 'hours.fromTo', times)}</span>
}
