import { expect, it } from 'vitest'
import { createSmtpTransport } from '../../src/mail/smtp-transport.js'
import { readMail } from './read-mail.js'
import { startSmtpServer } from './smtp-server.js'

const letter = {
  id: 'job',
  from: { name: 'The Shop', address: 'chat@przykład.pl' },
  to: 'józef@przykład.pl',
  subject: 'New request PL-1',
  text: `${'A long line. '.repeat(200)}\n.\n..two dots\nFrom here`,
  atMs: 1_780_000_000_000,
  autoSubmitted: 'auto-generated'
} as const

it.each(['localhost', '127.0.0.1'])('a mail server at %s takes a letter whole, with domains in ASCII, and is left politely', async (host) => {
  const smtp = await startSmtpServer()
  const isLeft = smtp.reached('QUIT')
  await createSmtpTransport({ host, port: smtp.port, isSecure: false })(letter, new AbortController().signal)
  await isLeft
  expect(smtp.taken).toMatchObject([{ from: 'chat@xn--przykad-rjb.pl', to: ['józef@xn--przykad-rjb.pl'] }])
  expect(readMail(smtp.taken[0]!).text.trimEnd()).toBe(letter.text)
  expect(smtp.lines.filter((line) => line.startsWith('MAIL'))).toEqual([expect.stringContaining('SMTPUTF8')])
})
