import { describe, expect, it } from 'vitest'
import type { Letter } from '../../src/mail/letter.js'
import { createSmtpTransport } from '../../src/mail/smtp-transport.js'
import { deskAddress, mailFrom, startMailWorld } from './mail-world.js'
import { readMail } from './read-mail.js'
import { type SmtpServer, startSmtpServer, type TakenMail } from './smtp-server.js'

const evil = 'eve@evil.example'

/** What would be a further header or recipient where parts were glued together. */
const pieces: readonly (readonly [string, string])[] = [
  ['CR LF', `\r\nBcc: ${evil}`],
  ['a bare LF', `\nBcc: ${evil}`],
  ['a bare CR', `\rBcc: ${evil}`],
  ['an end of the headers', `\r\n\r\n${evil}`],
  ['an end of the message', `\r\n.\r\nMAIL FROM:<x@evil.example>\r\nRCPT TO:<${evil}>\r\nDATA\r\n`],
  ['NUL', `\0${evil}`],
  ['a comma', `, ${evil}`],
  ['a semicolon', `; ${evil}`],
  ['a second address in brackets', ` <${evil}>`],
  ['quotes', `" <${evil}>, "`],
  ['a comment', `(${evil})`],
  ['a group', `list: ${evil};`],
  ['NEL', `\u0085Bcc: ${evil}`],
  ['a line separator', `\u2028Bcc: ${evil}`],
  ['a paragraph separator', `\u2029Bcc: ${evil}`],
  ['an encoded line end', `%0d%0aBcc: ${evil}`],
  ['an encoded word', `=?utf-8?Q?=0D=0ABcc:_${evil}?=`],
  ['a folded line', `\r\n Bcc: ${evil}`]
]

const headerNames = ['auto-submitted', 'content-transfer-encoding', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to']

/** One recipient, the headers that every mail has, each once, and nobody named in those that lead somewhere. */
function expectAlone(mail: TakenMail | undefined, to: string): void {
  const { headers } = readMail(mail!)
  expect(mail?.to).toEqual([to])
  expect(mail?.from).toBe(mailFrom)
  expect(Object.keys(headers).sort()).toEqual(headerNames)
  for (const [name, values] of Object.entries(headers)) expect(values, name).toHaveLength(1)
  expect(headers['to']).toEqual([to])
}

const letter: Letter = {
  id: 'job',
  from: { name: 'The Shop', address: mailFrom },
  to: deskAddress,
  subject: 'New request PL-1',
  text: 'Hello',
  atMs: 1_780_000_000_000,
  autoSubmitted: 'auto-generated'
}

async function send({ port }: SmtpServer, changes: Partial<Letter>): Promise<void> {
  const transport = createSmtpTransport({ host: '127.0.0.1', port, isSecure: false })
  await transport({ ...letter, ...changes }, new AbortController().signal)
}

describe.each(pieces)('a text with %s', (_, piece) => {
  it('as a sender’s name, a subject or words adds no header and no recipient', async () => {
    const smtp = await startSmtpServer()
    await send(smtp, { from: { name: `Shop${piece}`, address: mailFrom }, subject: `Request${piece}`, text: `Hello${piece}` })
    expect(smtp.taken).toHaveLength(1)
    expectAlone(smtp.taken[0], deskAddress)
    expect(smtp.lines.filter((line) => line.startsWith('RCPT'))).toEqual([`RCPT TO:<${deskAddress}>`])
  })

  it('as an address is handed to nobody', async () => {
    const smtp = await startSmtpServer()
    for (const address of [`${deskAddress}${piece}`, `${piece}${deskAddress}`]) {
      await expect(send(smtp, { to: address })).rejects.toThrow('no single address')
      await expect(send(smtp, { from: { name: '', address } })).rejects.toThrow('no single address')
    }
    expect(smtp.lines).toEqual([])
  })
})

it('no text of a form, a site or an operator adds a header or a recipient: it is refused at the border, or stays what it is', async () => {
  const world = await startMailWorld()
  const { smtp, owner } = world
  let expected = 0
  for (const [what, piece] of pieces) {
    const site = await owner.call('PATCH', '/api/sites/shop', { body: { mailTo: `${deskAddress}${piece}` } })
    expect(site, what).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid', fields: expect.arrayContaining([expect.objectContaining({ field: 'mailTo' })]) } }
    })
    await owner.call('PATCH', '/api/sites/shop', { body: { name: `The Shop${piece}` } })
    const receipt = await world.leave({ fields: { name: `Ann${piece}`, text: `Hello${piece}` } }).catch(() => null)
    const fallback = receipt ?? (await world.leave({ fields: { text: `Hello${piece}`.replaceAll('\0', '') } }))
    await world.answer(fallback.c, `It left.${piece.replaceAll('\0', '')}`)
    expected += 2
    await world.leave({ fields: { email: `ann@customer.example${piece}` } }).then(
      async ({ c }) => {
        // What passed for an address of somebody to read is still none to send to.
        await world.answer(c, 'To whom?')
        expected += 1
      },
      () => {}
    )
  }
  await smtp.took(expected)
  for (const mail of smtp.taken) expectAlone(mail, mail.to[0] === deskAddress ? deskAddress : 'ann@customer.example')
  expect(smtp.lines.filter((line) => line.startsWith('RCPT') && line.includes('evil'))).toEqual([])
  expect(smtp.taken).toHaveLength(expected)
})

it.each(['ann(bob)@customer.example', 'list:ann@customer.example', 'ann\u0085@customer.example', 'ann\\@customer.example'])(
  'an address that a form may hold and no mail server should see (%j) gets no mail, and its job says so without an attempt',
  async (email) => {
    const { leave, answer, jobs, smtp } = await startMailWorld()
    const { c } = await leave({ fields: { email } })
    await answer(c, 'It left this morning.')
    await smtp.took(1)
    expect((await jobs())[1]).toMatchObject({ kind: 'answer', state: 'failed', attempts: 0, reason: 'no single address' })
  }
)
