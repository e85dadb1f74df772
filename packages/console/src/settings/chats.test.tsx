import { act, fireEvent, screen, waitFor } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { useFakeServer } from '../../test/console-scene.js'
import { fieldAt, fillAt, openPart, openPartOf, saidOf, wrongPlaces } from '../../test/settings-scene.js'
import { aSettingsServer, settingsHandlers } from '../../test/settings-server.js'

const settings = aSettingsServer()
const server = useFakeServer(settingsHandlers(settings))
const button = (name: string): HTMLElement => screen.getByRole('button', { name, hidden: true })
const open = () => openPart(server, 'Chats and requests', 'Save chats and requests')
const question = (): HTMLElement | null => screen.queryByRole('dialog', { name: 'Leave without saving?', hidden: true })

beforeEach(() => void Object.assign(settings, aSettingsServer()))

it('what is kept stands in minutes and hours, and what is changed is saved in milliseconds', async () => {
  const { user } = await open()
  expect(['capacity', 'firstAnswerTargetMs', 'requestTargetMs', 'mailTo'].map((place) => fieldAt(place).value)).toEqual(['5', '2', '8', ''])
  await fillAt('capacity', '3')
  await fillAt('firstAnswerTargetMs', '1,5')
  await fillAt('requestTargetMs', '24')
  await fillAt('mailTo', ' desk@shop.example ')
  await user.click(button('Save chats and requests'))
  await screen.findByText('Saved.')
  expect(settings.saved).toEqual([{ capacity: 3, firstAnswerTargetMs: 90_000, requestTargetMs: 86_400_000, mailTo: 'desk@shop.example' }])
})

it('an address that is emptied is told as none', async () => {
  settings.settings = { ...settings.settings, mailTo: 'desk@shop.example' }
  const { user } = await open()
  await fillAt('mailTo', '')
  await user.click(button('Save chats and requests'))
  await screen.findByText('Saved.')
  expect(settings.saved[0]?.mailTo).toBe(null)
})

it('each refusal stands at its field and is said of it, the focus goes to the first, and it goes when the field is changed', async () => {
  const { user } = await open()
  await fillAt('firstAnswerTargetMs', 'soon')
  await fillAt('capacity', '8')
  await fillAt('mailTo', 'desk@shop.example, ann@shop.example')
  await user.click(button('Save chats and requests'))
  await waitFor(() => expect(document.activeElement).toBe(fieldAt('capacity')))
  expect(wrongPlaces()).toEqual(['capacity', 'firstAnswerTargetMs', 'mailTo'])
  expect(['capacity', 'firstAnswerTargetMs', 'mailTo'].map(saidOf)).toEqual([
    'Enter a whole number from 1 to 7',
    'Enter minutes, from a second to 30 days, such as 2',
    'Enter one address like name@example.com, or leave this empty'
  ])
  expect(fieldAt('firstAnswerTargetMs').value).toBe('soon')
  await fillAt('capacity', '7')
  expect(wrongPlaces()).toEqual(['firstAnswerTargetMs', 'mailTo'])
  expect(settings.saved).toEqual([])
})

it('leaving what is not saved asks, and what an ended session left there stands open again after the next sign-in', async () => {
  const scene = await open()
  await fillAt('capacity', '3')
  await scene.user.click(button('Back to the sites'))
  expect(question()).not.toBe(null)
  await scene.user.click(button('Go on editing'))
  await act(() => scene.session.expire())
  await screen.findByRole('heading', { name: 'Sign in', hidden: true })
  await act(() => void fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'a lamp on the long shelf' } }))
  await scene.user.click(button('Sign in'))
  await openPartOf(scene, 'Chats and requests', 'Save chats and requests')
  expect(fieldAt('capacity').value).toBe('3')
  expect(screen.getByText('This was typed before and is not saved yet.')).toBeTruthy()
  await scene.user.click(button('Back to the sites'))
  await scene.user.click(button('Discard the changes'))
  await scene.user.click(await screen.findByRole('button', { name: /^The shop/, hidden: true }))
  await scene.user.click(await screen.findByRole('button', { name: 'Chats and requests', hidden: true }))
  await waitFor(() => expect(fieldAt('capacity').value).toBe('5'))
})

it('a part that is shut keeps what was typed in it', async () => {
  const { user } = await open()
  await fillAt('capacity', '3')
  await user.click(button('Chats and requests'))
  expect(fieldAt('capacity').closest('[hidden]')).not.toBe(null)
  await user.click(button('Chats and requests'))
  expect([fieldAt('capacity').value, fieldAt('capacity').closest('[hidden]')]).toEqual(['3', null])
})

it('a server that does not answer takes away nothing that was typed, and saving again is all there is to do', async () => {
  const { user } = await open()
  await fillAt('capacity', '3')
  settings.isCut = true
  await user.click(button('Save chats and requests'))
  await screen.findByText(/^The server does not answer\. What you typed is kept/)
  settings.isCut = false
  await user.click(button('Save chats and requests'))
  await screen.findByText('Saved.')
  expect(settings.saved.map(({ capacity }) => capacity)).toEqual([3])
})
