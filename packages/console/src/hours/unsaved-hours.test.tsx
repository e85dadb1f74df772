import { act, fireEvent, screen, waitFor } from '@testing-library/preact'
import { beforeEach, expect, it, vi } from 'vitest'
import { openConsole, type Scene, useFakeServer } from '../../test/console-scene.js'
import { anHoursServer, hoursHandlers, offeredZones } from '../../test/hours-server.js'

const hours = anHoursServer()
const server = useFakeServer(hoursHandlers(hours))
const button = (name: string): HTMLElement => screen.getByRole('button', { name, hidden: true })
const mondayFrom = (): HTMLInputElement => document.getElementById('hours.week.mon.0.from') as HTMLInputElement
const question = (): HTMLElement | null => screen.queryByRole('dialog', { name: 'Leave without saving?', hidden: true })

beforeEach(() => {
  Object.assign(hours, anHoursServer(), { hours: { zone: 'Asia/Tokyo', week: { mon: [{ from: '09:00', to: '17:00' }] } } })
  vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue([...offeredZones])
})

async function openHours({ user }: Scene): Promise<void> {
  await user.click(await screen.findByRole('button', { name: 'Sites', hidden: true }))
  await user.click(await screen.findByRole('button', { name: /^The shop/, hidden: true }))
  await screen.findByRole('group', { name: 'Monday', hidden: true })
}

async function openAndType(): Promise<Scene> {
  const scene = await openConsole(server)
  await openHours(scene)
  await act(() => void fireEvent.input(mondayFrom(), { target: { value: '08:15' } }))
  return scene
}

it('leaving hours that are not saved asks, by each way out', async () => {
  const { user } = await openAndType()
  for (const way of ['Back to the sites', 'Close']) {
    await user.click(button(way))
    expect(question()).not.toBe(null)
    await user.click(button('Go on editing'))
    expect(question()).toBe(null)
    expect(mondayFrom().value).toBe('08:15')
  }
  const cancel = new Event('cancel', { cancelable: true })
  await act(() => void document.querySelector('dialog[data-kind="sites"]')?.dispatchEvent(cancel))
  expect([cancel.defaultPrevented, question() !== null]).toEqual([true, true])
  await user.click(button('Discard the changes'))
  expect(screen.queryByRole('heading', { name: 'The shop', hidden: true })).toBe(null)
})

it('nobody is asked where nothing would be lost', async () => {
  const { user } = await openAndType()
  await user.click(button('Save the hours'))
  await screen.findByText('Saved.')
  await user.click(button('Back to the sites'))
  expect(question()).toBe(null)
  await screen.findByRole('heading', { name: 'Sites', hidden: true })
})

it('discarded changes are gone', async () => {
  const { user } = await openAndType()
  await user.click(button('Back to the sites'))
  await user.click(button('Discard the changes'))
  await user.click(await screen.findByRole('button', { name: /^The shop/, hidden: true }))
  await screen.findByRole('group', { name: 'Monday', hidden: true })
  expect(mondayFrom().value).toBe('09:00')
})

it('closing the page asks only while something is not saved', async () => {
  const { user } = await openAndType()
  const isAsked = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(isAsked()).toBe(true)
  await user.click(button('Save the hours'))
  await screen.findByText('Saved.')
  expect(isAsked()).toBe(false)
})

it('a session that ends takes no hours with it: they stand there again after the next sign-in', async () => {
  const scene = await openAndType()
  await act(() => scene.session.expire())
  await screen.findByRole('heading', { name: 'Sign in', hidden: true })
  await act(() => void fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'a lamp on the long shelf' } }))
  await scene.user.click(button('Sign in'))
  await openHours(scene)
  expect(mondayFrom().value).toBe('08:15')
  expect(screen.getByText('This was typed before and is not saved yet.')).toBeTruthy()
  await scene.user.click(button('Save the hours'))
  await waitFor(() => expect(hours.saved[0]?.week.mon).toEqual([{ from: '08:15', to: '17:00' }]))
})

it('who signs out leaves no hours for the next one', async () => {
  const scene = await openAndType()
  await act(() => void scene.session.leave('o_1'))
  await screen.findByRole('heading', { name: 'Sign in', hidden: true })
  for (const [label, value] of [
    ['Email', 'olive@shop.example'],
    ['Password', 'a lamp on the long shelf']
  ] as const)
    await act(() => void fireEvent.input(screen.getByLabelText(label), { target: { value } }))
  await scene.user.click(button('Sign in'))
  await openHours(scene)
  expect(mondayFrom().value).toBe('09:00')
})
