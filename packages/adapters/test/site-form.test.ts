import type { SiteInfo } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { aPage, aShop } from './page.js'

const site: SiteInfo = {
  form: {
    fields: [
      { id: 'order', kind: 'text', label: { en: 'Order number' }, isRequired: true },
      { id: 'urgent', kind: 'checkbox', label: { en: 'Urgent' } }
    ],
    consent: { label: { en: 'I agree' } }
  }
}
const contacts = { name: 'Ann', email: 'ann@example.com' }

function aClosedShop() {
  const { backend, ben } = aShop()
  ben.signOut()
  backend.setSite(site)
  return backend
}

it('a page knows what the site asks for, and again when that changes', async () => {
  const backend = aClosedShop()
  const { chat, env, open } = aPage(backend)
  expect(chat.$site.get()).toEqual({})
  await open()
  expect(chat.$site.get()).toEqual(site)
  backend.setSite({ words: { accepted: { en: 'We answer by noon.' } } })
  await env.advance(10)
  expect(chat.$site.get()).toEqual({ words: { accepted: { en: 'We answer by noon.' } } })
})

it('a form goes out when it is complete; until then each missing answer is named, and goes from the list when it is given', async () => {
  const backend = aClosedShop()
  const { chat, env, open } = aPage(backend)
  await open()
  chat.editRequest({ ...contacts, text: 'Where is it?' })
  void chat.leaveRequest()
  await env.advance(100)
  expect(chat.$request.get()).toMatchObject({ state: 'needs_fix', problems: { 'custom.order': 'required', consent: 'required' } })
  chat.editRequest({ custom: { order: ' 47\n11 ' } })
  expect(chat.$request.get().problems).toEqual({ consent: 'required' })
  chat.editRequest({ custom: { urgent: true }, consent: true })
  expect(chat.$request.get()).toMatchObject({ state: 'draft', problems: {}, fields: { custom: { order: ' 47\n11 ', urgent: true }, consent: true } })
  void chat.leaveRequest()
  await env.advance(100)
  expect(backend.requests().map(({ fields }) => fields)).toEqual([
    { ...contacts, custom: { order: '47 11', urgent: true }, consent: true, text: 'Where is it?' }
  ])
})

it('answers survive a reload, and one that was emptied again does not go out', async () => {
  const backend = aClosedShop()
  const page = aPage(backend)
  await page.open()
  page.chat.editRequest({ ...contacts, custom: { order: '4711', urgent: true }, consent: true })
  const next = page.reload()
  await next.open()
  expect(next.chat.$request.get().fields.custom).toEqual({ order: '4711', urgent: true })
  next.chat.editRequest({ custom: { urgent: false } })
  void next.chat.leaveRequest({ text: 'x' })
  await next.env.advance(100)
  expect(backend.requests()[0]?.fields.custom).toEqual({ order: '4711' })
})

it('a form that the site has changed while no connection stood is a draft again, with the new field named', async () => {
  const backend = aClosedShop()
  backend.setSite({})
  const page = aPage(backend)
  await page.open()
  backend.cut()
  void page.chat.leaveRequest({ ...contacts, text: 'Where is it?' })
  await page.env.advance(9_000)
  expect(page.chat.$request.get().state).toBe('held')
  backend.setSite(site)
  backend.restore()
  await page.env.advance(60_000)
  expect(page.chat.$request.get()).toMatchObject({
    state: 'needs_fix',
    problems: { 'custom.order': 'required', consent: 'required' },
    fields: { ...contacts, text: 'Where is it?' }
  })
})

it('who has told his contacts in one request finds them in the next, unless he empties them, also on another page', async () => {
  const backend = aClosedShop()
  backend.setSite({})
  const page = aPage(backend)
  await page.open()
  void page.chat.leaveRequest({ ...contacts, text: 'one' })
  await page.env.advance(100)
  const next = page.reload()
  await next.open()
  expect(next.chat.$request.get()).toMatchObject({ state: 'idle', fields: contacts })
  next.chat.editRequest({ name: '', phone: '+48 600 700 800' })
  void next.chat.leaveRequest({ text: 'two' })
  await next.env.advance(100)
  expect(backend.requests()[1]?.fields).toEqual({ email: 'ann@example.com', phone: '+48 600 700 800', text: 'two' })
})
