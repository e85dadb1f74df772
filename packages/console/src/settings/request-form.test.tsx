import { screen, waitFor } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { useFakeServer } from '../../test/console-scene.js'
import { fieldAt, fillAt, openPart, saidOf, wrongPlaces } from '../../test/settings-scene.js'
import { aSettingsServer, settingsHandlers } from '../../test/settings-server.js'

const settings = aSettingsServer()
const server = useFakeServer(settingsHandlers(settings))
const button = (name: string): HTMLElement => screen.getByRole('button', { name, hidden: true })
const at = (place: string): HTMLInputElement => fieldAt(`requestForm.${place}`)
const fill = (place: string, value: string): Promise<void> => fillAt(`requestForm.${place}`, value)
const open = () => openPart(server, 'Request form', 'Save the form')

beforeEach(() => void Object.assign(settings, aSettingsServer()))

function withForm(): void {
  const fields = [
    { id: 'order', kind: 'text', label: { en: 'Order number', de: 'Bestellung' }, isRequired: true },
    { id: 'due', kind: 'date', label: { en: 'Day' } }
  ] as const
  settings.settings = { ...settings.settings, requestForm: { fields, consent: { label: { en: 'I agree' }, url: 'https://shop.example/privacy' } } }
}

it('an owner adds a choice with its answers, and what customers agree to', async () => {
  const { user } = await open()
  await user.click(button('Add a field'))
  expect(document.activeElement).toBe(at('fields.0.kind'))
  await user.select(at('fields.0.kind'), 'Choice')
  await fill('fields.0.label.pl', 'Powód')
  await user.click(screen.getByRole('checkbox', { name: 'Has to be filled in', hidden: true }))
  await fill('fields.0.options.0.label.en', 'Repair')
  await fill('fields.0.options.1.label.en', 'Return')
  await user.click(button('Add an answer'))
  expect(document.activeElement).toBe(at('fields.0.options.2.label.en'))
  await fill('fields.0.options.2.label.en', 'Else')
  await user.click(button('Remove: Answer 1'))
  await fill('consent.label.en', 'I agree')
  await fill('consent.url', ' https://shop.example/privacy ')
  await user.click(button('Save the form'))
  await screen.findByText('Saved.')
  const options = [
    { id: 'option-2', label: { en: 'Return' } },
    { id: 'option-3', label: { en: 'Else' } }
  ]
  const field = { id: 'field-1', kind: 'select', label: { pl: 'Powód' }, isRequired: true, options }
  expect(settings.saved).toEqual([{ requestForm: { fields: [field], consent: { label: { en: 'I agree' }, url: 'https://shop.example/privacy' } } }])
})

it('fields keep their names, go up and down with the focus on their button, and are removed', async () => {
  withForm()
  const { user } = await open()
  expect(at('fields.0.label.de').value).toBe('Bestellung')
  await user.click(button('Move down: Field 1'))
  expect(document.activeElement).toBe(button('Move up: Field 2'))
  expect(at('fields.1.label.en').value).toBe('Order number')
  await user.click(button('Remove: Field 1'))
  expect(document.activeElement).toBe(button('Add a field'))
  await user.click(button('Save the form'))
  await screen.findByText('Saved.')
  expect(settings.saved[0]?.requestForm?.fields).toEqual([
    { id: 'order', kind: 'text', label: { en: 'Order number', de: 'Bestellung' }, isRequired: true }
  ])
})

it('a form that asks for nothing more is told as none', async () => {
  withForm()
  const { user } = await open()
  await user.click(button('Remove: Field 2'))
  await user.click(button('Remove: Field 1'))
  await fill('consent.label.en', '')
  await fill('consent.url', '')
  await user.click(button('Save the form'))
  await screen.findByText('Saved.')
  expect(settings.saved).toEqual([{ requestForm: null }])
})

it('each refusal stands at its field: a name in no language, an answer without words, an address without them', async () => {
  const { user } = await open()
  await user.click(button('Add a field'))
  await user.select(at('fields.0.kind'), 'Choice')
  await fill('fields.0.options.0.label.en', 'Repair')
  await fill('consent.url', 'shop.example')
  await user.click(button('Save the form'))
  await waitFor(() => expect(document.activeElement).toBe(at('fields.0.label.en')))
  const each = (place: string): string[] => ['en', 'ru', 'pl'].map((language) => `requestForm.${place}.${language}`)
  expect(wrongPlaces()).toEqual([...each('fields.0.label'), ...each('fields.0.options.1.label'), ...each('consent.label'), 'requestForm.consent.url'])
  expect(saidOf('requestForm.fields.0.options.1.label.ru')).toMatch(/^Enter this in at least one language/)
  expect(saidOf('requestForm.consent.url')).toMatch(/^Enter an address like/)
  await fill('fields.0.label.ru', 'Причина')
  await fill('fields.0.options.1.label.en', 'Return')
  await fill('consent.url', '')
  expect(wrongPlaces()).toEqual([])
  await user.click(button('Remove: Answer 2'))
  await user.click(button('Save the form'))
  await waitFor(() => expect(document.activeElement).toBe(at('fields.0.options.0.label.en')))
  expect(saidOf('requestForm.fields.0.options.0.label.en')).toBe('A choice needs 2 to 50 answers')
})
