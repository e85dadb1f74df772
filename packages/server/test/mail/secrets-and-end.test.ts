import { expect, it } from 'vitest'
import { createSmtpTransport } from '../../src/mail/smtp-transport.js'
import { startApiServer } from '../api/api-server.js'
import { startMailWorld } from './mail-world.js'
import { startSmtpServer } from './smtp-server.js'

const account = { user: 'porch', password: 'hunter2 under the mat' }
const secrets = [account.password, Buffer.from(account.password).toString('base64'), Buffer.from(`\0porch\0${account.password}`).toString('base64')]

it.each([
  ['takes it', 'go on'],
  ['refuses it, quoting it', { say: `535 5.7.8 wrong: ${account.password}` }],
  ['dies over it', 'die']
] as const)('the password stands in no log and no row when the mail server %s', async (_, deed) => {
  const world = await startMailWorld({ account })
  world.smtp.behave((step) => (step === 'AUTH' ? deed : 'go on'))
  await world.leave()
  await expect
    .poll(async () => (await world.jobs())[0])
    .toMatchObject(deed === 'go on' ? { state: 'sent' } : { state: 'waiting', reason: expect.any(String) })
  expect(world.smtp.lines).toContain(`AUTH PLAIN ${secrets[2]}`)
  const seen = world.server.log() + JSON.stringify(await world.jobs())
  for (const secret of secrets) expect(seen).not.toContain(secret)
})

it('a password goes to another machine only over TLS', async () => {
  const smtp = await startSmtpServer()
  const letter = {
    id: 'j',
    from: { name: '', address: 'a@b.example' },
    to: 'c@d.example',
    subject: '',
    text: '',
    atMs: 0,
    autoSubmitted: 'auto-generated'
  } as const
  // Any name but those of this machine is another one, wherever it leads.
  const send = createSmtpTransport({ host: '::ffff:127.0.0.1', port: smtp.port, isSecure: false, account })
  await expect(send(letter, new AbortController().signal)).rejects.toMatchObject({ code: 'ETLS' })
  expect(smtp.lines.filter((line) => /^(AUTH|MAIL|RCPT)/.test(line))).toEqual([])
})

it('a server that is asked to stop lets a mail in hand finish, and begins no other', async () => {
  const world = await startMailWorld()
  const { smtp, server } = world
  const finishing: (() => void)[] = []
  const atTheEnd = smtp.reached('last bytes')
  smtp.behave((step) => (step === 'last bytes' ? { later: (answer) => void finishing.push(answer) } : 'go on'))
  await world.leave()
  await atTheEnd
  const closed = server.server.close()
  for (const finish of finishing) finish()
  await closed
  expect(smtp.taken).toHaveLength(1)
  smtp.behave(() => 'go on')
  const next = await startApiServer({ dataFolder: server.dataFolder, mail: world.mail, clock: world.clock })
  await world.clock.advance(86_400_000)
  expect(await next.parts.db.query.selectFrom('mail_job').select(['state', 'attempts']).execute()).toEqual([{ state: 'sent', attempts: 1 }])
  expect(smtp.taken).toHaveLength(1)
})
