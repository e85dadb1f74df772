import { screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { useFakeServer } from '../../test/console-scene.js'
import { fieldAt, fillAt, openPart, saidOf, wrongPlaces } from '../../test/settings-scene.js'
import { aSettingsServer, settingsHandlers } from '../../test/settings-server.js'

const settings = aSettingsServer()
const server = useFakeServer(settingsHandlers(settings))
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name, hidden: true })
const open = () => openPart(server, 'Departments', 'Save the departments')
const box = (group: string, name: RegExp): HTMLElement =>
  within(screen.getByRole('group', { name: group, hidden: true })).getByRole('checkbox', { name, hidden: true })
const ownHours = { zone: 'Asia/Tokyo', week: { mon: [{ from: '10:00', to: '12:00' }] } }
const ann = { id: 'o_2', name: 'Ann', email: 'ann@shop.example', role: 'agent', disabled: false } as const

beforeEach(() => {
  Object.assign(settings, aSettingsServer(), { operators: [ann, { ...ann, id: 'o_3', name: 'Bea', email: 'bea@shop.example' }] })
})

function withDepartments(): void {
  const departments = [
    { id: 'care', name: 'Care', operators: ['o_3'], hours: ownHours },
    { id: 'sales', name: 'Sales', operators: [], hours: null }
  ]
  settings.settings = { ...settings.settings, departments }
}

it('a new department takes its public name from its name, and operators by theirs', async () => {
  const { user } = await open()
  await user.click(button('Add a department'))
  expect(document.activeElement).toBe(fieldAt('departments.0.name'))
  await fillAt('departments.0.name', 'Customer care')
  expect(fieldAt('departments.0.id').value).toBe('customer-care')
  await user.click(box('Customer care', /^Bea/))
  await user.click(box('Customer care', /^Ann/))
  await user.click(button('Save the departments'))
  await screen.findByText('Saved.')
  expect(settings.saved).toEqual([{ departments: [{ id: 'customer-care', name: 'Customer care', operators: ['o_2', 'o_3'] }] }])
})

it('a public name that was typed stays under another name, and once it is saved cannot be changed', async () => {
  const { user } = await open()
  await user.click(button('Add a department'))
  await fillAt('departments.0.id', 'desk')
  await fillAt('departments.0.name', 'Customer care')
  expect(fieldAt('departments.0.id').value).toBe('desk')
  await user.click(button('Save the departments'))
  await screen.findByText('Saved.')
  expect(fieldAt('departments.0.id')).toBe(null)
  await fillAt('departments.0.name', 'The desk')
  await user.click(button('Save the departments'))
  await waitFor(() => expect(settings.saved.at(-1)).toEqual({ departments: [{ id: 'desk', name: 'The desk', operators: [] }] }))
})

it('own hours are named and go back as they came; as the site and always are a choice', async () => {
  withDepartments()
  const { user } = await open()
  expect(saidOf('departments.0.hours')).toMatch(/^This department has hours of its own/)
  expect([...fieldAt('departments.1.hours').querySelectorAll('option')].map(({ text }) => text)).toEqual(['As the site', 'Always open'])
  await user.select(fieldAt('departments.1.hours'), 'As the site')
  await user.click(button('Save the departments'))
  await screen.findByText('Saved.')
  expect(settings.saved[0]?.departments).toEqual([
    { id: 'care', name: 'Care', operators: ['o_3'], hours: ownHours },
    { id: 'sales', name: 'Sales', operators: [] }
  ])
})

it('a department is removed after a question, and the focus goes on from there', async () => {
  withDepartments()
  const { user } = await open()
  await user.click(button('Remove the department: Care'))
  await user.click(button('Keep it'))
  expect(fieldAt('departments.0.name').value).toBe('Care')
  await user.click(button('Remove the department: Care'))
  await user.click(button('Remove it'))
  expect(document.activeElement).toBe(button('Add a department'))
  expect([fieldAt('departments.0.name').value, fieldAt('departments.1.name')]).toEqual(['Sales', null])
  await user.click(button('Save the departments'))
  await screen.findByText('Saved.')
  expect(settings.saved[0]?.departments?.map(({ id }) => id)).toEqual(['sales'])
})

it('each refusal stands at its field, also of one that is named twice', async () => {
  withDepartments()
  const { user } = await open()
  await user.click(button('Add a department'))
  await fillAt('departments.2.name', 'Продажи')
  await fillAt('departments.0.name', ' ')
  await user.click(button('Save the departments'))
  await waitFor(() => expect(document.activeElement).toBe(fieldAt('departments.0.name')))
  expect(wrongPlaces()).toEqual(['departments.0.name', 'departments.2.id'])
  expect(saidOf('departments.2.id')).toMatch(/^Use 1 to 40 small letters/)
  await fillAt('departments.0.name', 'Care')
  await fillAt('departments.2.id', 'sales')
  expect(wrongPlaces()).toEqual([])
  await user.click(button('Save the departments'))
  await waitFor(() => expect(saidOf('departments.2.id')).toMatch(/^Two departments have the same public name/))
  expect(document.activeElement).toBe(fieldAt('departments.0.name'))
})
