import { ChatError } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { silentLog } from '../../src/log.js'
import type { Letter } from '../../src/mail/letter.js'
import { type Postman, startPostman } from '../../src/mail/postman.js'
import type { Db } from '../../src/store/database.js'
import type { MailOutcome } from '../../src/store/mail-job-store.js'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { leave } from '../domain/leave-request.js'
import { createManualClock, type ManualClock } from '../domain/manual-clock.js'
import { startWorld, type World } from '../domain/world.js'

const leaseMs = 420_000
const never = new Promise(() => {})

interface Post {
  readonly world: World
  readonly clock: ManualClock
}

/** A world whose requests ask for mail, which nobody sends yet. */
async function startPost(): Promise<Post> {
  const clock = createManualClock()
  const world = await startWorld({ clock, isMailing: true })
  const site = world.domain.sites.get('shop')
  await world.domain.sites.save({ ...site!, settings: { mailTo: 'desk@shop.example' } }, clock.now())
  return { world, clock }
}

function employ(
  { world, clock }: Post,
  send: (letter: Letter, signal: AbortSignal) => Promise<void>,
  db: Pick<Db, 'query' | 'write' | 'onCommit'> = world.db
): Postman {
  return startPostman({ db, clock, log: silentLog(), send, stationery: { from: 'chat@porch.example', siteName: () => 'The Shop', consoleUrl: null } })
}

const claim = ({ world, clock }: Post) => world.db.write('mail.claim', { limit: 4, leaseMs, except: [] }, clock.now())
const stateOf = async ({ world }: Post) => (await world.db.query.selectFrom('mail_job').select('state').executeTakeFirst())?.state

it('a mail that is in hand is nobody else’s until its lease ends, to the millisecond', async () => {
  const post = await startPost()
  await leave(post.world)
  expect(await claim(post)).toMatchObject([{ attempts: 1 }])
  expect(await claim(post)).toEqual([])
  await post.clock.advance(leaseMs - 1)
  expect(await claim(post)).toEqual([])
  await post.clock.advance(1)
  expect(await claim(post)).toMatchObject([{ attempts: 2 }])
})

it('whose lease has ended may not say any more that it failed, and may still say that it was sent', async () => {
  const post = await startPost()
  await leave(post.world)
  const [first] = await claim(post)
  await post.clock.advance(leaseMs)
  await claim(post)
  const settle = (state: MailOutcome['state']): Promise<void> =>
    post.world.db.write('mail.settle', { site: 'shop', id: first?.id ?? '', attempt: 1, state, dueAt: 0, reason: 'late' }, post.clock.now())
  await settle('failed')
  await settle('waiting')
  expect(await stateOf(post)).toBe('waiting')
  expect(await claim(post)).toEqual([])
  await settle('sent')
  expect(await stateOf(post)).toBe('sent')
  await settle('failed')
  expect(await stateOf(post)).toBe('sent')
})

it('a mail that went out stays in hand while the disk refuses to note it, however long, and does not go out again', async () => {
  const post = await startPost()
  const { world, clock } = post
  let isFull = true
  let refusals = 0
  const write: Db['write'] = (name, input, now) => {
    if (name !== 'mail.settle' || !isFull) return world.db.write(name, input, now)
    refusals += 1
    return Promise.reject(new ChatError('store_unavailable', 'full'))
  }
  const sent: Letter[] = []
  const postman = employ(post, async (letter) => void sent.push(letter), { query: world.db.query, onCommit: world.db.onCommit, write })
  await leave(world)
  await expect.poll(() => refusals).toBeGreaterThan(0)
  await clock.advance(2 * leaseMs)
  // Another request wakes it over and over; what it has in hand is due, and is left alone.
  await leave(world)
  await expect.poll(() => sent.length).toBe(2)
  isFull = false
  await clock.advance(2_000)
  await expect.poll(() => stateOf(post)).toBe('sent')
  expect(new Set(sent.map(({ id }) => id)).size).toBe(2)
  expect(sent).toHaveLength(2)
  await postman.close(never)
})

it('four mails are in hand at once; the fifth goes out when one of them has ended', async () => {
  const post = await startPost()
  for (let count = 0; count < 6; count++) await leave(post.world)
  const ends: (() => void)[] = []
  const postman = employ(post, () => new Promise((resolve) => void ends.push(resolve)))
  await expect.poll(() => ends.length).toBe(4)
  await post.clock.advance(0)
  expect(ends).toHaveLength(4)
  ends[2]?.()
  await expect.poll(() => ends.length).toBe(5)
  ends[0]?.()
  await expect.poll(() => ends.length).toBe(6)
  const closed = postman.close(never)
  for (const end of ends) end()
  await closed
  expect(await post.world.db.query.selectFrom('mail_job').select('state').where('state', '=', 'sent').execute()).toHaveLength(6)
})

it('a stop that cannot wait any longer cuts off what hangs, and leaves it to the next start', async () => {
  const post = await startPost()
  await leave(post.world)
  let begun = 0
  const postman = employ(
    post,
    (_, signal) =>
      new Promise((_resolve, reject) => {
        begun += 1
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
  )
  await expect.poll(() => begun).toBe(1)
  await leave(post.world)
  await expect.poll(() => begun).toBe(2)
  await postman.close(Promise.resolve())
  await leave(post.world)
  await post.clock.advance(2 * leaseMs)
  expect(begun).toBe(2)
  expect(await stateOf(post)).toBe('waiting')
})

it('a request that is gone takes its mail with it', async () => {
  const post = await startPost()
  await leave(post.world)
  const [job] = await claim(post)
  await changeOnDisk(
    post.world.path,
    async ({ tx }) =>
      void (await tx
        .deleteFrom('request')
        .where('id', '=', job?.request ?? '')
        .execute())
  )
  expect(await stateOf(post)).toBeUndefined()
})
