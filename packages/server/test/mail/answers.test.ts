import { describe, expect, it } from 'vitest'
import { deskAddress, mailFrom, startMailWorld } from './mail-world.js'
import { readMail } from './read-mail.js'

describe('an operator’s answer to a request', () => {
  it('goes to the one address in its form, once, as plain text in the language of the request, and repeats nothing of what was typed there', async () => {
    const { smtp, leave, answer, jobs } = await startMailWorld()
    const { c, reference } = await leave({ locale: 'pl', fields: { name: 'Buy now', text: 'Tani kredyt na example.com' } })
    await answer(c, 'Wyszła dziś rano.\n<b>Do jutra!</b>')
    await smtp.took(2)
    const mail = smtp.taken.find(({ to }) => to[0] !== deskAddress)
    expect(mail).toMatchObject({ from: mailFrom, to: ['ann@customer.example'] })
    const { subject, text, headers } = readMail(mail!)
    expect(subject).toBe(`Odpowiedź na zgłoszenie ${reference}`)
    expect(text).toBe(
      'Owner, The Shop, odpowiada na Twoje zgłoszenie:\n\nWyszła dziś rano.\n<b>Do jutra!</b>\n\n' +
        'Aby odpisać, otwórz czat na naszej stronie. Odpowiedzi na tego e-maila do nikogo nie trafią.\n'
    )
    expect(headers).toMatchObject({ 'auto-submitted': ['auto-replied'], 'content-type': ['text/plain; charset=utf-8'], to: ['ann@customer.example'] })
    expect(mail?.raw).not.toContain('Buy now')
    await expect
      .poll(async () => (await jobs()).map(({ kind, state }) => [kind, state]))
      .toEqual([
        ['notice', 'sent'],
        ['answer', 'sent']
      ])
  })

  it('is the first thing he writes there: what follows is the chat’s', async () => {
    const { smtp, leave, answer, jobs } = await startMailWorld()
    const { c } = await leave()
    await answer(c, 'It left this morning.')
    await answer(c, 'And it is blue.')
    await smtp.took(2)
    expect((await jobs()).map(({ kind }) => kind)).toEqual(['notice', 'answer'])
  })

  it('goes out where no address hears of requests, and where the request was taken for spam', async () => {
    const { owner, smtp, leave, answer, jobs } = await startMailWorld()
    const { c } = await leave({ website: 'https://spam.example' })
    await answer(c, 'You are a person after all.')
    await smtp.took(1)
    await owner.call('PATCH', '/api/sites/shop', { body: { mailTo: null } })
    const next = await leave({ fields: { email: 'bob@customer.example' } })
    await answer(next.c, 'Hello Bob.')
    await smtp.took(2)
    expect(smtp.taken.map(({ to }) => to)).toEqual([['ann@customer.example'], ['bob@customer.example']])
    expect((await jobs()).map(({ state }) => state)).toContain('held')
  })

  it('to several requests of one customer is one mail to each address, under its newest reference', async () => {
    const { smtp, leave, answer, jobs } = await startMailWorld()
    const first = await leave()
    const token = first.token ?? ''
    const second = await leave({ token, fields: { email: 'ann@work.example' } })
    const third = await leave({ token })
    expect([second.c, third.c]).toEqual([first.c, first.c])
    await answer(first.c, 'All three left this morning.')
    await smtp.took(5)
    const answers = smtp.taken.filter(({ to }) => to[0] !== deskAddress).sort((a, b) => String(a.to).localeCompare(String(b.to)))
    expect(answers.map(({ to }) => to)).toEqual([['ann@customer.example'], ['ann@work.example']])
    expect(answers.map((mail) => readMail(mail).subject)).toEqual([
      `Answer to your request ${third.reference}`,
      `Answer to your request ${second.reference}`
    ])
    expect((await jobs()).filter(({ kind }) => kind === 'answer')).toHaveLength(2)
  })

  it('reaches nobody where the form holds a phone number alone', async () => {
    const { leave, answer, jobs } = await startMailWorld()
    const { c } = await leave({ fields: { email: undefined, phone: '+48 600 700 800' } })
    await answer(c, 'We call you.')
    expect((await jobs()).map(({ kind }) => kind)).toEqual(['notice'])
  })

  it('is not a colleague’s note, nor what a customer writes', async () => {
    const { server, leave, write, jobs } = await startMailWorld()
    const { c } = await leave()
    await write(c, 'Are you there?')
    const { parts } = server
    const { id } = await parts.db.query.selectFrom('operator').select('id').executeTakeFirstOrThrow()
    const operator = { kind: 'operator', site: 'shop', id, name: 'Owner', role: 'owner' } as const
    const note = { c, id: '01931f0a-7c00-7b3e-8a51-3f0e8d2b6c48', k: 'note', body: { text: 'He is rude.' } }
    expect(await parts.domain.chat.publish('shop', operator, note)).toMatchObject({ outcome: 'stored' })
    expect((await jobs()).map(({ kind }) => kind)).toEqual(['notice'])
  })
})
