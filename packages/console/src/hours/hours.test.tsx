import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, expect, it, vi } from 'vitest'
import { openConsole, type Scene, useFakeServer } from '../../test/console-scene.js'
import { anHoursServer, aPreviewedDay, hoursHandlers, offeredZones } from '../../test/hours-server.js'

const hours = anHoursServer()
const server = useFakeServer(hoursHandlers(hours))
const group = (name: string): HTMLElement => screen.getByRole('group', { name, hidden: true })
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name, hidden: true })
const field = (place: string): HTMLInputElement => document.getElementById(place) as HTMLInputElement

beforeEach(() => {
  Object.assign(hours, anHoursServer())
  vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue([...offeredZones])
})

/** What a screen reader says of a field that is wrong. */
function saidOf(place: string): string {
  const ids = field(place).getAttribute('aria-describedby')?.split(' ') ?? []
  return ids.map((id) => document.getElementById(id)?.textContent).join(' | ')
}

const alerts = (): (string | null)[] => [...document.querySelectorAll('dialog [role="alert"]')].map(({ textContent }) => textContent)

async function fill(place: string, value: string): Promise<void> {
  await act(() => {
    field(place).focus()
    fireEvent.input(field(place), { target: { value } })
  })
}

async function openHours(): Promise<Scene> {
  const scene = await openConsole(server)
  await scene.user.click(await screen.findByRole('button', { name: 'Sites', hidden: true }))
  await scene.user.click(await screen.findByRole('button', { name: /^The shop/, hidden: true }))
  await screen.findByRole('radio', { name: 'Always open', hidden: true })
  return scene
}

/** With hours that are shown to be set: from nine to five on workdays. */
async function openSet(): Promise<Scene> {
  const scene = await openHours()
  await scene.user.click(screen.getByRole('radio', { name: 'Open at certain times', hidden: true }))
  return scene
}

it('an owner sets hours: several times a day, a holiday, and a date that is different', async () => {
  const { user } = await openSet()
  await fill('hours.zone', 'Europe/Warsaw')
  await user.click(within(group('Friday')).getByRole('button', { name: /^Add a time/, hidden: true }))
  expect(document.activeElement).toBe(field('hours.week.fri.1.from'))
  await fill('hours.week.fri.1.from', '22:00')
  await fill('hours.week.fri.1.to', '02:00')
  await user.click(button('Remove: Tuesday 09:00–17:00'))
  expect(document.activeElement).toBe(within(group('Tuesday')).getByRole('button', { name: 'Add a time: Tuesday', hidden: true }))
  await user.click(button('Add a holiday'))
  expect(document.activeElement).toBe(within(group('Holiday 1')).getByRole('combobox', { name: 'Month', hidden: true }))
  await user.select(screen.getByRole('combobox', { name: 'Month', hidden: true }), 'December')
  await user.select(screen.getByRole('combobox', { name: 'Day', hidden: true }), '25')
  await user.click(button('Add an exception'))
  await fill('hours.exceptions.0.date', '2026-12-24')
  await user.click(within(group('Exception 1')).getByRole('button', { name: /^Add a time/, hidden: true }))
  await fill('hours.exceptions.0.open.0.from', '18:00')
  await fill('hours.exceptions.0.open.0.to', '00:00')
  await user.click(button('Save the hours'))
  await screen.findByText('Saved.')
  const office = [{ from: '09:00', to: '17:00' }]
  expect(hours.saved).toEqual([
    {
      zone: 'Europe/Warsaw',
      week: { mon: office, tue: [], wed: office, thu: office, fri: [...office, { from: '22:00', to: '02:00' }], sat: [], sun: [] },
      holidays: [{ day: '12-25', open: [] }],
      exceptions: [{ date: '2026-12-24', open: [{ from: '18:00', to: '24:00' }] }]
    }
  ])
})

it('hours that are kept stand in their fields, and always open takes their place', async () => {
  hours.hours = { zone: 'Asia/Tokyo', week: { sat: [{ from: '20:00', to: '24:00' }] }, holidays: [{ day: '02-29', open: [] }] }
  const { user } = await openHours()
  expect(['hours.zone', 'hours.week.sat.0.from', 'hours.week.sat.0.to', 'hours.holidays.0.day'].map((place) => field(place).value)).toEqual([
    'Asia/Tokyo',
    '20:00',
    '00:00',
    '02'
  ])
  expect(within(group('Monday')).getByText('Closed')).toBeTruthy()
  await user.click(screen.getByRole('radio', { name: 'Always open', hidden: true }))
  await user.click(button('Save the hours'))
  await screen.findByText('Saved.')
  expect(hours.saved).toEqual([null])
})

it('each refusal stands at its field, is said of it, and the focus goes to the first', async () => {
  const { user } = await openSet()
  await fill('hours.zone', 'Mars/Olympus')
  await fill('hours.week.mon.0.to', '')
  await fill('hours.week.wed.0.to', '09:00')
  await user.click(button('Add a holiday'))
  await user.select(screen.getByRole('combobox', { name: 'Month', hidden: true }), 'February')
  await user.select(screen.getByRole('combobox', { name: 'Day', hidden: true }), '30')
  await user.click(button('Save the hours'))
  await waitFor(() => expect(document.activeElement).toBe(field('hours.zone')))
  expect(saidOf('hours.zone')).toMatch(/^The server knows no such time zone/)
  expect(saidOf('hours.week.mon.0.to')).toBe('Enter a time, such as 09:00')
  expect(saidOf('hours.week.wed.0.from')).toMatch(/^This time ends when it begins/)
  expect(saidOf('hours.holidays.0.day')).toBe('Choose a month and a day that the calendar has')
  expect([...document.querySelectorAll('[aria-invalid="true"]')].map(({ id }) => id)).toEqual([
    'hours.zone',
    'hours.week.mon.0.to',
    'hours.week.wed.0.from',
    'hours.week.wed.0.to',
    'hours.holidays.0.day',
    'hours.holidays.0.day.number'
  ])
  expect(field('hours.zone').value).toBe('Mars/Olympus')
  await fill('hours.zone', 'Europe/Warsaw')
  await waitFor(() => expect(field('hours.zone').getAttribute('aria-invalid')).toBe(null))
  expect(hours.saved).toEqual([])
})

it('what concerns a whole day or list stands there, and goes when it is put right', async () => {
  const { user } = await openSet()
  await user.click(button('Add a time: Monday'))
  await fill('hours.week.mon.1.from', '12:00')
  await fill('hours.week.mon.1.to', '18:00')
  await user.click(button('Add an exception'))
  await user.click(button('Add an exception'))
  await fill('hours.exceptions.0.date', '2026-12-24')
  await fill('hours.exceptions.1.date', '2026-12-24')
  await user.click(button('Save the hours'))
  await waitFor(() => expect(document.activeElement).toBe(field('hours.week.mon.0.from')))
  expect(saidOf('hours.week.mon.1.to')).toMatch(/^These times overlap/)
  expect(saidOf('hours.exceptions.1.date')).toMatch(/^One of these days is here twice/)
  await fill('hours.week.mon.1.from', '17:00')
  await waitFor(() => expect(saidOf('hours.week.mon.1.to')).toBe(''))
  expect(saidOf('hours.exceptions.1.date')).toMatch(/twice/)
})

it('before it is saved nobody is told of what he has not finished, and of the rest once he has left it', async () => {
  const { user } = await openSet()
  await user.click(button('Add a time: Sunday'))
  await fill('hours.zone', 'Mars')
  await screen.findByText('The preview comes back once every field is complete and right.')
  expect(document.querySelector('[aria-invalid="true"]')).toBe(null)
  await act(() => field('hours.week.mon.0.from').focus())
  expect(saidOf('hours.zone')).toMatch(/^The server knows no such time zone/)
  expect(field('hours.week.sun.0.from').getAttribute('aria-invalid')).toBe(null)
})

it('the preview follows what is typed, in words: closed, open, past midnight, all day, another rule, a change of the clocks', async () => {
  const monday = aPreviewedDay()
  const at = (hour: number): number => monday.startsAt + hour * 3_600_000
  const time = (start: number, end: number, localStart: string, localEnd: string) => ({ startsAt: at(start), endsAt: at(end), localStart, localEnd })
  hours.days = [
    aPreviewedDay({ open: [time(-2, 2, '2026-11-22T22:00', '2026-11-23T02:00'), time(22, 26, '2026-11-23T22:00', '2026-11-24T02:00')] }),
    aPreviewedDay({ date: '2026-11-24', isException: true }),
    aPreviewedDay({ date: '2026-11-25', open: [time(0, 24, '2026-11-25T00:00', '2026-11-26T00:00')] }),
    aPreviewedDay({ date: '2026-11-26', endsAt: at(23.5), open: [time(9, 17, '2026-11-26T09:00', '2026-11-26T17:00')] }),
    aPreviewedDay({ date: '2026-11-27', endsAt: at(25) })
  ]
  await openSet()
  await fill('hours.zone', 'Asia/Kathmandu')
  const list = await screen.findByRole('list', { name: 'What customers will see in the next two weeks', hidden: true })
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
  ).toEqual([
    'Monday 23 November Since the day before, until 2:0022:00–2:00 on the next day',
    'Tuesday 24 November ClosedHoliday or exception',
    'Wednesday 25 November Open all day',
    'Thursday 26 November 9:00–17:00The clocks go forward. Length of this day: 23.5 hours',
    'Friday 27 November ClosedThe clocks go back. Length of this day: 25 hours'
  ])
  expect(screen.getByText(/^In the time zone of the site: Asia\/Kathmandu/)).toBeTruthy()
  await fill('hours.week.mon.0.from', '10:00')
  await waitFor(() => expect(hours.looks.at(-1)?.week.mon).toEqual([{ from: '10:00', to: '17:00' }]))
  expect(hours.saved).toEqual([])
})

it('a server that does not answer takes away nothing that was typed, and saving again is all there is to do', async () => {
  const { user } = await openSet()
  await fill('hours.week.mon.0.from', '08:15')
  hours.isCut = true
  await user.click(button('Save the hours'))
  await waitFor(() => expect(alerts()).toEqual([expect.stringMatching(/^The server does not answer\. What you typed is kept/)]))
  expect(field('hours.week.mon.0.from').value).toBe('08:15')
  hours.isCut = false
  await user.click(button('Save the hours'))
  await screen.findByText('Saved.')
  expect(hours.saved[0]?.week.mon).toEqual([{ from: '08:15', to: '17:00' }])
  expect(alerts()).toEqual([])
})

it('hours that cannot be read are read again on demand', async () => {
  hours.isCut = true
  const scene = await openConsole(server)
  await scene.user.click(await screen.findByRole('button', { name: 'Sites', hidden: true }))
  await scene.user.click(await screen.findByRole('button', { name: /^The shop/, hidden: true }))
  await screen.findByText(/^The server does not answer/)
  expect(screen.queryByRole('radio', { name: 'Always open', hidden: true })).toBe(null)
  hours.isCut = false
  await scene.user.click(button('Try again'))
  await screen.findByRole('radio', { name: 'Always open', hidden: true })
})
