import { describe, expect, it } from 'vitest'
import { succeed } from '../api/browser.js'
import { deskAddress, mailFrom, startMailWorld } from './mail-world.js'
import { readMail } from './read-mail.js'

describe('a request that is left', () => {
  it('is told to the address of its site, once, with its reference and what it holds', async () => {
    const { smtp, leave, jobs } = await startMailWorld()
    const { reference } = await leave()
    await smtp.took(1)
    await expect.poll(async () => (await jobs())[0]?.state).toBe('sent')
    const [mail] = smtp.taken
    expect(smtp.taken).toHaveLength(1)
    expect(mail).toMatchObject({ from: mailFrom, to: [deskAddress] })
    const { subject, text, headers } = readMail(mail!)
    expect(subject).toBe(`New request ${reference}`)
    expect(text).toBe('A request was left at The Shop.\n\nName: Ann\nEmail: ann@customer.example\n\nWhere is parcel 4711?\n')
    expect(headers).toMatchObject({
      from: [`The Shop <${mailFrom}>`],
      to: [deskAddress],
      'auto-submitted': ['auto-generated'],
      'content-type': ['text/plain; charset=utf-8'],
      'message-id': [`<${(await jobs())[0]?.id}@porch.example>`]
    })
    for (const name of ['cc', 'bcc', 'reply-to']) expect(headers[name]).toBeUndefined()
  })

  it.each([
    ['pl-PL', 'Nowe zgłoszenie'],
    ['ru', 'Новая заявка'],
    ['de', 'New request']
  ])('on a page in %s is told in "%s …"', async (locale, words) => {
    const { smtp, leave } = await startMailWorld()
    const { reference } = await leave({ locale, fields: { text: 'Żółw? Черепаха?' } })
    await smtp.took(1)
    const { subject, text } = readMail(smtp.taken[0]!)
    expect(subject).toBe(`${words} ${reference}`)
    expect(text).toContain('\n\nŻółw? Черепаха?\n')
  })

  it('tells also what the site itself asks for, each under its name, and what was agreed to', async () => {
    const { smtp, owner, leave } = await startMailWorld()
    const fields = [
      { id: 'order', kind: 'text', label: { en: 'Order number' } },
      { id: 'gift', kind: 'checkbox', label: { en: 'It is a gift' } }
    ]
    const requestForm = { fields, consent: { label: { en: 'I agree to an answer' } } }
    await succeed(owner.call('PATCH', '/api/sites/shop', { body: { requestForm } }))
    await leave({ fields: { custom: { order: '4711 A', gift: true }, consent: true } })
    await smtp.took(1)
    expect(readMail(smtp.taken[0]!).text).toContain(
      '\nEmail: ann@customer.example\nOrder number: 4711 A\nIt is a gift: yes\nAgreed to: I agree to an answer\n\n'
    )
  })

  it('and looks like spam keeps its row, and its mail is held', async () => {
    const { smtp, server, leave, jobs } = await startMailWorld()
    await leave({ website: 'https://spam.example', fields: { text: 'trap' } })
    await leave({ shownMs: 500, fields: { text: 'haste' } })
    await leave({ fields: { text: 'a person' } })
    await smtp.took(1)
    await expect.poll(async () => (await jobs()).map(({ state }) => state)).toEqual(['held', 'held', 'sent'])
    expect(readMail(smtp.taken[0]!).text).toContain('a person')
    expect(await server.parts.db.query.selectFrom('request').select('spam').orderBy('seq').execute()).toHaveLength(3)
  })

  it('T50: sent five times under one key is one mail', async () => {
    const { server, smtp, jobs } = await startMailWorld()
    const call = (): Promise<Response> =>
      fetch(`${server.url}/v1/requests?site=shop`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: 'http://localhost:8080',
          'idempotency-key': '01931f0a-7c00-7b3e-8a51-3f0e8d2b6c47'
        },
        body: JSON.stringify({ fields: { email: 'ann@customer.example', text: 'Where?' }, shownMs: 9_000 })
      })
    for (const status of [201, 200, 200, 200, 200]) expect((await call()).status).toBe(status)
    await smtp.took(1)
    expect(await jobs()).toHaveLength(1)
  })

  it('on a site without an address asks for no mail, and neither does one on a server that sends none', async () => {
    const silent = await startMailWorld({ mail: undefined })
    await silent.leave()
    expect(await silent.jobs()).toEqual([])
    const { owner, leave, jobs } = await startMailWorld()
    await owner.call('PATCH', '/api/sites/shop', { body: { mailTo: null } })
    await leave()
    expect(await jobs()).toEqual([])
  })
})

it('a text that became a request is told, too, and holds no address to answer to', async () => {
  const { smtp, leave, answer, write, jobs } = await startMailWorld()
  const { c } = await leave({ fields: { email: undefined, phone: '+48 600 700 800' } })
  await answer(c, 'It left this morning.')
  await write(c, 'And the other one?')
  await smtp.took(2)
  expect(readMail(smtp.taken[1]!).text).toBe('A request was left at The Shop.\n\nName: Ann\n\nAnd the other one?\n')
  await answer(c, 'Tomorrow.')
  expect((await jobs()).map(({ kind }) => kind)).toEqual(['notice', 'notice'])
})
