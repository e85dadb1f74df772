import type { SiteInfo } from '@porchlight/protocol'
import { act } from '@testing-library/preact'
import { afterEach, describe, expect, test } from 'vitest'
import { closePanels, openPanel, settle } from '../../test/panel-lab.js'

afterEach(closePanels)

const closed = { mode: 'request', availability: { state: 'offline', reason: 'hours' } } as const
const site: SiteInfo = {
  form: {
    fields: [
      {
        id: 'topic',
        kind: 'select',
        label: { en: 'Topic' },
        isRequired: true,
        options: [
          { id: 'parcel', label: { en: 'A parcel' } },
          { id: 'else', label: { en: 'Else' } }
        ]
      },
      { id: 'order', kind: 'text', label: { en: 'Order number', pl: 'Numer zamówienia' } },
      { id: 'until', kind: 'date', label: { en: 'Until' } },
      { id: 'urgent', kind: 'checkbox', label: { en: 'It is urgent' } }
    ],
    consent: { label: { en: 'I agree' }, url: 'https://shop.example/privacy' }
  }
}

describe('fields that the site added', () => {
  test('stand before the question, six in sight and the others behind one button; each says whether it is required', async () => {
    const { ui, root } = await openPanel({ ...closed, site })
    const names = [...root.querySelectorAll<HTMLElement>('[data-field]')].map((field) => field.dataset['field'])
    expect(names).toEqual(['name', 'email', 'phone', 'custom.topic', 'custom.order', 'custom.until', 'custom.urgent', 'text', 'consent'])
    expect(ui.getByRole<HTMLSelectElement>('combobox', { name: 'Topic', description: 'required' }).required).toBe(true)
    expect(ui.getByRole('textbox', { name: 'Order number', description: 'optional' }).closest('details')).toBeNull()
    const others = ui.getByText('More fields').closest('details')
    expect([...(others?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].map((field) => field.dataset['field'])).toEqual([
      'custom.until',
      'custom.urgent'
    ])
    expect(others?.open).toBe(false)
  })

  test('take what is answered, each by its kind', async () => {
    const { ui, chat, root, type } = await openPanel({ ...closed, site })
    const topic = ui.getByRole<HTMLSelectElement>('combobox', { name: 'Topic' })
    expect([...topic.options].map(({ text }) => text)).toEqual(['', 'A parcel', 'Else'])
    await type(ui.getByRole('textbox', { name: 'Order number' }), '4711')
    await act(async () => {
      topic.value = 'parcel'
      topic.dispatchEvent(new Event('input', { bubbles: true }))
    })
    const boxes = root.querySelectorAll<HTMLInputElement>('[type="checkbox"]')
    await act(async () => boxes.forEach((box) => void box.click()))
    expect(chat.$request.get().fields).toEqual({ custom: { order: '4711', topic: 'parcel', urgent: true }, consent: 'I agree' })
    expect(root.querySelector('details')?.open).toBe(true)
  })

  test('that were not answered are listed under their own names, and lead to their fields', async () => {
    const problems = { 'custom.topic': 'required', 'custom.until': 'invalid', consent: 'required' }
    const { ui, focused } = await openPanel({ ...closed, site, onRequest: () => ({ state: 'needs_fix', problems }) })
    await act(async () => ui.getByRole('button', { name: 'Send request' }).click())
    expect(focused()).toBe(ui.getByRole('region', { name: '3 fields need attention' }))
    await act(async () => ui.getByRole('button', { name: 'Fill in this field: Until' }).click())
    expect(focused()).toBe(ui.getByLabelText('Until'))
    await act(async () => ui.getByRole('button', { name: 'Fill in this field: I agree' }).click())
    expect(focused()).toBe(ui.getByRole('checkbox', { name: 'I agree', description: 'Fill in this field' }))
    expect(ui.getByRole('combobox', { name: 'Topic', description: /^Fill in this field/ }).getAttribute('aria-invalid')).toBe('true')
  })

  test('the rules stand in full behind a link that opens beside the page', async () => {
    const { ui } = await openPanel({ ...closed, site })
    const link = ui.getByRole<HTMLAnchorElement>('link', { name: 'Read the terms' })
    expect([link.href, link.target, link.rel]).toEqual(['https://shop.example/privacy', '_blank', 'noopener'])
  })

  test('words that have changed are agreed to anew', async () => {
    const { ui, chat } = await openPanel({ ...closed, site })
    const box = (name: string) => ui.getByRole<HTMLInputElement>('checkbox', { name })
    await act(async () => box('I agree').click())
    expect(box('I agree').checked).toBe(true)
    await act(async () => chat.$site.set({ form: { fields: [], consent: { label: { en: 'I agree to more' } } } }))
    expect(box('I agree to more').checked).toBe(false)
  })
})

describe('what the site says by itself', () => {
  const words = {
    outsideHours: { en: 'Call 112 instead.', pl: 'x' },
    accepted: { en: 'We answer by noon.' },
    noRequests: { en: 'Call 113 instead.' }
  }

  test('stands above the form while nobody is there, and not while somebody is busy', async () => {
    const { ui, chat } = await openPanel({ ...closed, site: { words } })
    expect(ui.getByText('Call 112 instead.')).toBeTruthy()
    chat.$availability.set({ ...chat.$availability.get(), state: 'busy' })
    await settle()
    expect(ui.queryByText('Call 112 instead.')).toBeNull()
  })

  test('stands with the reference of a request that was accepted just now, and not with older ones', async () => {
    const request = (reference: string) => ({
      ...{ c: 'c1', id: reference, cursor: '1', order: 1, at: 1, by: { role: 'visitor', id: 'v' } as const, own: true, state: 'sent' as const },
      ...{ k: 'request', body: { request: 'r', reference, fields: { text: 'x', email: 'a@b.pl' } } }
    })
    const receipt = { reference: '7K3M-9QXB', createdAt: 2 }
    const messages = [request('7K3M-9QXA'), { ...request('7K3M-9QXB'), order: 2 }]
    const { ui } = await openPanel({ ...closed, site: { words }, messages, request: { state: 'accepted', receipt } })
    expect(ui.getAllByText('We answer by noon.')).toHaveLength(1)
    expect(ui.getByText('We answer by noon.').closest('[data-part="confirmation"]')?.textContent).toContain('7K3M-9QXB')
  })

  test('says what can be done instead where nobody would receive a request, and promises no answer', async () => {
    const { ui, chat } = await openPanel({ availability: { state: 'offline' }, site: { words, requests: 'none' } })
    expect(ui.getByText('Call 113 instead.')).toBeTruthy()
    expect(ui.queryByText(/The answer will come here/)).toBeNull()
    chat.$availability.set({ ...chat.$availability.get(), state: 'online' })
    await settle()
    expect(ui.getByText(/The answer will come here/)).toBeTruthy()
  })
})
