import { expect, it, onTestFinished } from 'vitest'
import { type SmtpServer, type SmtpStep, startSmtpServer } from '../../server/test/mail/smtp-server.js'
import { signIn } from '../faults/owner-session.js'
import { owner, type ServerProcess, startServer } from '../harness/server-process.js'
import { newMessageId } from '../harness/wire-visitor.js'

/** Eight minutes later than it is, when every lease of the process before has run out. */
const later = 'data:text/javascript,const now = Date.now; Date.now = () => now() + 480_000'

async function start(smtp: SmtpServer): Promise<ServerProcess> {
  const server = await startServer({ PORCHLIGHT_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`, PORCHLIGHT_MAIL_FROM: 'chat@porch.example' })
  onTestFinished(server.stop)
  const { call } = await signIn(server.url, owner, server.sessions.pop())
  await call('PATCH', '/api/sites/demo', { mailTo: 'desk@shop.example' })
  return server
}

async function leave({ url }: ServerProcess): Promise<string> {
  const answer = await fetch(`${url}/v1/requests?site=demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:8080', 'idempotency-key': newMessageId(), connection: 'close' },
    body: JSON.stringify({ fields: { email: 'ann@customer.example', text: 'Where is it?' }, shownMs: 9_000 })
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { readonly reference: string }).reference
}

/** Sends what waits, and one mail more, so that whatever would come twice has come by then. */
async function goOn(server: ServerProcess, smtp: SmtpServer): Promise<readonly string[]> {
  smtp.behave(() => 'go on')
  await server.restart({ preload: later })
  await smtp.took(1)
  await leave(server)
  await smtp.took(2)
  return smtp.taken.map(({ raw }) => /^Subject: New request (\S+)/m.exec(raw)?.[1] ?? raw)
}

it('a server that is killed as soon as a request is on disk sends its mail after the next start, once', async () => {
  const smtp = await startSmtpServer()
  const server = await start(smtp)
  smtp.behave(() => 'hang')
  const reference = await leave(server)
  await server.kill()
  const sent = await goOn(server, smtp)
  expect(sent).toHaveLength(2)
  expect(sent.filter((each) => each === reference)).toHaveLength(1)
}, 60_000)

it.each(['connected', 'last bytes'] as const)(
  'a server that is killed while it sends (%s) sends that mail after the next start, once',
  async (step: SmtpStep) => {
    const smtp = await startSmtpServer()
    const server = await start(smtp)
    smtp.behave((each) => (each === step ? 'hang' : 'go on'))
    const there = smtp.reached(step)
    const reference = await leave(server)
    await there
    await server.kill()
    const sent = await goOn(server, smtp)
    expect(sent).toHaveLength(2)
    expect(sent.filter((each) => each === reference)).toHaveLength(1)
  },
  60_000
)
