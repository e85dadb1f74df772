import type { OpenTime, SiteHours } from '@porchlight/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ruleOf } from './day-rule.js'
import { openingAt } from './opening.js'
import { createZoneOffset, type ZoneOffset } from './zone-offset.js'

const minuteMs = 60_000
const dayMs = 86_400_000
const daysLookedAt = 6

/** What the clocks of a zone show around an instant, minute by minute. */
interface Window {
  readonly zone: string
  readonly startMs: number
  readonly wallMs: readonly number[]
}

function remembering(offset: ZoneOffset): ZoneOffset {
  const known = new Map<string, number>()
  return (zone, instantMs) => {
    const key = `${zone} ${instantMs}`
    const found = known.get(key) ?? offset(zone, instantMs)
    known.set(key, found)
    return found
  }
}

const zoneOffset = remembering(createZoneOffset())

function windowAround(zone: string, at: string): Window {
  const startMs = Date.parse(at) - (daysLookedAt / 2) * dayMs
  const minutes = Array.from({ length: (daysLookedAt * dayMs) / minuteMs }, (_, index) => startMs + index * minuteMs)
  return { zone, startMs, wallMs: minutes.map((ms) => ms + zoneOffset(zone, ms)) }
}

const windows = [
  windowAround('Europe/Berlin', '2026-03-29T01:00Z'),
  windowAround('Europe/Berlin', '2026-10-25T01:00Z'),
  windowAround('Australia/Lord_Howe', '2026-10-03T15:30Z'),
  windowAround('Australia/Lord_Howe', '2026-04-04T15:00Z'),
  windowAround('Asia/Beirut', '2026-10-24T21:00Z'),
  windowAround('Asia/Kathmandu', '2026-12-31T18:15Z'),
  windowAround('Pacific/Apia', '2011-12-30T10:00Z')
]

/** Most times lie in the night, where clocks are changed. */
const minuteOfDay = fc.oneof(fc.integer({ min: 0, max: 48 }), fc.integer({ min: 0, max: 287 })).map((count) => count * 5)
const clockText = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const time = fc
  .uniqueArray(minuteOfDay, { minLength: 2, maxLength: 2 })
  .map(([from = 0, to = 0]): OpenTime => ({ from: clockText(from), to: clockText(to) }))
const times = fc.array(time, { maxLength: 2 })
const week = fc.record({ mon: times, tue: times, wed: times, thu: times, fri: times, sat: times, sun: times })

const scene = fc
  .record({ window: fc.constantFrom(...windows), week, closedDay: fc.integer({ min: 0, max: daysLookedAt }) })
  .map(({ window, ...rest }) => {
    const date = new Date(window.startMs + rest.closedDay * dayMs).toISOString().slice(0, 10)
    const hours: SiteHours = { zone: window.zone, week: rest.week, exceptions: [{ date, open: [] }] }
    return { window, hours }
  })

/** Whether each minute is open, by nothing but a look at the clock on the wall. */
function minutesOf({ wallMs }: Window, hours: SiteHours): boolean[] {
  const isOpen = wallMs.map(() => false)
  const firstDay = Math.floor((wallMs[0] ?? 0) / dayMs)
  for (let day = firstDay - 1; day <= firstDay + daysLookedAt + 2; day++) {
    for (const { from, to } of ruleOf(hours, day).open) {
      const fromMs = day * dayMs + Date.parse(`1970-01-01T${from}Z`)
      const toMs = day * dayMs + Date.parse(`1970-01-01T${to}Z`) + (to > from ? 0 : dayMs)
      const begins = wallMs.findIndex((ms) => ms >= fromMs)
      const ends = wallMs.findLastIndex((ms) => ms < toMs)
      for (let index = begins; begins >= 0 && index <= ends; index++) isOpen[index] = true
    }
  }
  return isOpen
}

const indexes = fc.array(fc.integer({ min: 2 * 1_440, max: (daysLookedAt - 1) * 1_440 }), { minLength: 20, maxLength: 40 })

it('open is what lies between the first time that the clock shows a beginning and the last time before it shows the end; the change told is the next there is', () => {
  fc.assert(
    fc.property(scene, indexes, ({ window, hours }, looks) => {
      const isOpen = minutesOf(window, hours)
      for (const index of looks) {
        const opening = openingAt(hours, window.startMs + index * minuteMs, (ms) => zoneOffset(window.zone, ms))
        expect(opening.isOpen).toBe(isOpen[index])
        const next = isOpen.findIndex((other, at) => at > index && other !== isOpen[index])
        const told = opening.isOpen ? opening.closesAt : opening.opensAt
        if (next >= 0) expect(told).toBe(window.startMs + next * minuteMs)
        else expect(told ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(window.startMs + isOpen.length * minuteMs)
      }
    })
  )
})

it('whatever a clock shows as open is open, and the change told comes at that very millisecond', () => {
  fc.assert(
    fc.property(scene, indexes, ({ window, hours }, looks) => {
      for (const index of looks) {
        const nowMs = window.startMs + index * minuteMs
        const at = (ms: number): ReturnType<typeof openingAt> => openingAt(hours, ms, (each) => zoneOffset(window.zone, each))
        const wallMs = window.wallMs[index] ?? 0
        const isShown = [0, 1].some((daysAgo) => shows(hours, Math.floor(wallMs / dayMs) - daysAgo, wallMs))
        const opening = at(nowMs)
        if (isShown) expect(opening.isOpen).toBe(true)
        const change = opening.isOpen ? opening.closesAt : opening.opensAt
        if (change === undefined) continue
        expect([at(change - 1).isOpen, at(change).isOpen]).toEqual([opening.isOpen, !opening.isOpen])
        const later = at(change)
        if (!later.isOpen) expect(later.closedAt).toBe(change)
      }
    })
  )
})

/** Whether a wall time is within what a day's rule says. */
function shows(hours: SiteHours, day: number, wallMs: number): boolean {
  return ruleOf(hours, day).open.some(({ from, to }) => {
    const fromMs = day * dayMs + Date.parse(`1970-01-01T${from}Z`)
    const toMs = day * dayMs + Date.parse(`1970-01-01T${to}Z`) + (to > from ? 0 : dayMs)
    return fromMs <= wallMs && wallMs < toMs
  })
}
