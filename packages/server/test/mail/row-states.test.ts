import type { InboxData, RequestRow } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { type MailWorld, startMailWorld } from './mail-world.js'

async function rowsOf({ owner }: MailWorld): Promise<readonly RequestRow[]> {
  const { body } = await owner.call('GET', '/api/sites/shop/requests')
  return (body as { readonly requests: readonly RequestRow[] }).requests
}

/** What operators were told about a request, one after the other. */
async function toldOf({ server }: MailWorld): Promise<readonly unknown[]> {
  const events = await server.parts.db.query
    .selectFrom('event')
    .select('data')
    .where('c', '=', 'inbox:shop')
    .where('k', '=', 'request.changed')
    .orderBy('seq')
    .execute()
  return events.map(({ data }) => (JSON.parse(data) as InboxData['request.changed']).mail)
}

it('operators are told what became of the mails of a request, as it happens', async () => {
  const world = await startMailWorld()
  const { smtp, leave, answer, clock, jobs } = world
  const { c, id } = await leave()
  await smtp.took(1)
  await expect.poll(() => toldOf(world)).toEqual([{ notice: 'waiting' }, { notice: 'sent' }])
  smtp.behave((step) => (step === 'RCPT' ? { say: '451 later' } : 'go on'))
  await answer(c, 'It left this morning.')
  await expect.poll(async () => (await jobs())[1]?.reason).toBe('451 to RCPT TO')
  smtp.behave((step) => (step === 'RCPT' ? { say: '550 5.1.1 nobody' } : 'go on'))
  await clock.advance(((await jobs())[1]?.due_at ?? 0) - clock.now())
  await expect
    .poll(() => toldOf(world))
    .toEqual([{ notice: 'waiting' }, { notice: 'sent' }, { notice: 'sent', answer: 'waiting' }, { notice: 'sent', answer: 'failed' }])
  const row = (await world.owner.call('GET', `/api/sites/shop/requests/${id}`)).body
  expect(row).toMatchObject({ state: 'answered', mail: { notice: 'sent', answer: 'failed' } })
  expect(await rowsOf(world)).toEqual([row])
})

it('a row says that its mail is held, and nothing where none was asked for', async () => {
  const world = await startMailWorld()
  await world.leave({ website: 'https://spam.example' })
  await world.owner.call('PATCH', '/api/sites/shop', { body: { mailTo: null } })
  await world.leave()
  const rows = await rowsOf(world)
  expect(rows.find(({ spam }) => spam)?.mail).toEqual({ notice: 'held' })
  expect(rows.find(({ spam }) => !spam)).not.toHaveProperty('mail')
})
