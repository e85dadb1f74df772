import { screen, waitFor } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { useFakeServer } from '../../test/console-scene.js'
import { fieldAt, fillAt, openPart, saidOf, wrongPlaces } from '../../test/settings-scene.js'
import { aSettingsServer, settingsHandlers } from '../../test/settings-server.js'

const settings = aSettingsServer()
const server = useFakeServer(settingsHandlers(settings))
const button = (name: string): HTMLElement => screen.getByRole('button', { name, hidden: true })
const open = () => openPart(server, 'Automatic words', 'Save the words')

beforeEach(() => void Object.assign(settings, aSettingsServer()))

it('each text is in every language that it is wanted in, and what is empty is not said', async () => {
  settings.settings = { ...settings.settings, words: { accepted: { de: 'Danke', en: 'Thanks' }, longWait: { en: 'Sorry' } } }
  const { user } = await open()
  expect(['en', 'ru', 'pl', 'de'].map((language) => fieldAt(`words.accepted.${language}`).value)).toEqual(['Thanks', '', '', 'Danke'])
  expect(fieldAt('words.accepted.de').labels?.[0]?.textContent).toBe('German')
  await fillAt('words.outsideHours.pl', 'Jutro od dziewiątej.')
  await fillAt('words.longWait.en', ' ')
  await user.click(button('Save the words'))
  await screen.findByText('Saved.')
  expect(settings.saved).toEqual([{ words: { outsideHours: { pl: 'Jutro od dziewiątej.' }, accepted: { en: 'Thanks', de: 'Danke' } } }])
})

it('words that are all emptied are told as none', async () => {
  settings.settings = { ...settings.settings, words: { accepted: { en: 'Thanks' } } }
  const { user } = await open()
  await fillAt('words.accepted.en', '')
  await user.click(button('Save the words'))
  await screen.findByText('Saved.')
  expect(settings.saved).toEqual([{ words: null }])
})

it('a language is added by its name with Enter, which saves nothing, and the focus goes to its first text', async () => {
  const { user } = await open()
  await user.type(fieldAt('words-language'), 'pt_BR{Enter}')
  expect(document.activeElement).toBe(fieldAt('words.outsideHours.pt-BR'))
  expect(fieldAt('words.outsideHours.pt-BR').labels?.[0]?.textContent).toBe('Brazilian Portuguese')
  expect(settings.saved).toEqual([])
  await fillAt('words.outsideHours.pt-BR', 'Amanhã')
  await user.click(button('Save the words'))
  await screen.findByText('Saved.')
  expect(settings.saved).toEqual([{ words: { outsideHours: { 'pt-BR': 'Amanhã' } } }])
})

it('each refusal stands at its text: one that is too long, and one in no language', async () => {
  const { user } = await open()
  await user.type(fieldAt('words-language'), 'deutsch1')
  await user.click(button('Add the language'))
  await fillAt('words.longWait.deutsch1', 'Gleich')
  await fillAt('words.accepted.en', 'a'.repeat(1_001))
  await user.click(button('Save the words'))
  await waitFor(() => expect(document.activeElement).toBe(fieldAt('words.longWait.deutsch1')))
  expect(wrongPlaces()).toEqual(['words.longWait.deutsch1', 'words.accepted.en'])
  expect(saidOf('words.longWait.deutsch1')).toMatch(/^This language has no name like en/)
  expect(saidOf('words.accepted.en')).toMatch(/^Use at most 1,000 characters/)
  await fillAt('words.longWait.deutsch1', '')
  await fillAt('words.accepted.en', 'Thanks')
  await user.click(button('Save the words'))
  await screen.findByText('Saved.')
  expect(settings.saved).toEqual([{ words: { accepted: { en: 'Thanks' } } }])
})
