import { describe, expect, it } from 'vitest'
import { type MailWorld, startMailWorld } from './mail-world.js'

const longestRestMs = 4 * 3_600_000

/** Resolves when the first attempt at the only mail has failed; to its job. */
async function failed({ jobs }: MailWorld, attempts: number): Promise<Awaited<ReturnType<MailWorld['jobs']>>[number]> {
  await expect.poll(async () => (await jobs())[0]).toMatchObject({ attempts, reason: expect.any(String) })
  return (await jobs())[0]!
}

const state = async ({ jobs }: MailWorld): Promise<string | undefined> => (await jobs())[0]?.state

describe('a mail', () => {
  it('that is refused for now rests, at most ten seconds at first, and is taken the next time', async () => {
    const world = await startMailWorld()
    const { smtp, clock } = world
    smtp.behave((step) => (step === 'RCPT' ? { say: '451 4.7.1 greylisted, come back later' } : 'go on'))
    await world.leave()
    const job = await failed(world, 1)
    expect(job).toMatchObject({ state: 'waiting', reason: '451 4.7.1 to RCPT TO' })
    expect(job.due_at).toBeGreaterThan(clock.now())
    expect(job.due_at).toBeLessThanOrEqual(clock.now() + 10_000)
    smtp.behave(() => 'go on')
    await clock.advance(job.due_at - clock.now() - 1)
    expect(smtp.taken).toHaveLength(0)
    await clock.advance(1)
    await smtp.took(1)
    await expect.poll(() => state(world)).toBe('sent')
    expect(smtp.taken).toHaveLength(1)
    expect(world.server.log()).not.toMatch(/greylisted|customer\.example|shop\.example"/)
  })

  it.each(['connected', 'AUTH', 'MAIL', 'last bytes'] as const)(
    'whose server falls silent (%s) is cut off after six minutes, and tried again',
    async (step) => {
      const world = await startMailWorld({ account: { user: 'porch', password: 'hunter2' } })
      const { smtp, clock } = world
      const silence = smtp.reached(step)
      smtp.behave((each) => (each === step ? 'hang' : 'go on'))
      await world.leave()
      await silence
      await clock.advance(359_999)
      expect((await world.jobs())[0]).toMatchObject({ attempts: 1, reason: null })
      await clock.advance(1)
      const job = await failed(world, 1)
      expect(job).toMatchObject({ state: 'waiting', reason: 'timed out' })
      smtp.behave(() => 'go on')
      await clock.advance(job.due_at - clock.now())
      await smtp.took(1)
      await expect.poll(() => state(world)).toBe('sent')
    }
  )

  it.each(['connected', 'RCPT', 'first bytes'] as const)('whose server dies (%s) is sent once when it is back', async (step) => {
    const world = await startMailWorld()
    const { smtp, clock } = world
    smtp.behave((each) => (each === step ? 'die' : 'go on'))
    await world.leave()
    const job = await failed(world, 1)
    expect(job.state).toBe('waiting')
    smtp.behave(() => 'go on')
    await clock.advance(job.due_at - clock.now())
    await smtp.took(1)
    await expect.poll(() => state(world)).toBe('sent')
    await clock.advance(longestRestMs)
    expect(smtp.taken).toHaveLength(1)
  })

  it('that was taken by a server which died over saying so goes out again as the same: its Message-ID, its date, its every byte', async () => {
    const world = await startMailWorld()
    const { smtp, clock } = world
    smtp.behave((step) => (step === 'last bytes' ? 'take and die' : 'go on'))
    await world.leave()
    const job = await failed(world, 1)
    smtp.behave(() => 'go on')
    await clock.advance(job.due_at - clock.now())
    await smtp.took(2)
    expect(smtp.taken[0]).toEqual(smtp.taken[1])
    expect(smtp.taken[0]?.raw).toContain(`Message-ID: <${job.id}@porch.example>`)
  })

  it.each([
    ['RCPT', '550 5.1.1 no such mailbox desk@shop.example', '550 5.1.1 to RCPT TO'],
    ['last bytes', '554 5.7.1 this is spam', '554 5.7.1 to DATA'],
    ['RCPT', '550 nobody', '550 to RCPT TO']
  ] as const)('that is refused for good at %s (%s) is given up, with the reason and without the words', async (step, say, reason) => {
    const world = await startMailWorld()
    const { smtp, clock } = world
    smtp.behave((each) => (each === step ? { say } : 'go on'))
    await world.leave()
    await expect.poll(() => state(world)).toBe('failed')
    expect((await world.jobs())[0]).toMatchObject({ attempts: 1, reason })
    const [line] = world.server
      .log()
      .split('\n')
      .filter((each) => each.includes('given up'))
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'error', site: 'shop', reason })
    expect(world.server.log()).not.toMatch(/no such mailbox|this is spam|nobody/)
    smtp.behave(() => 'go on')
    await clock.advance(longestRestMs)
    expect(smtp.taken).toHaveLength(0)
  })

  it.each([
    ['MAIL', '550 5.7.1 not your sender'],
    ['connected', '554 5.7.1 go away']
  ] as const)('whose server refuses us and not the recipient (%s) waits for better settings', async (step, say) => {
    const world = await startMailWorld()
    world.smtp.behave((each) => (each === step ? { say } : 'go on'))
    await world.leave()
    expect((await failed(world, 1)).state).toBe('waiting')
  })

  it('that nobody takes for five days is given up', async () => {
    const world = await startMailWorld()
    const { smtp, clock } = world
    smtp.behave((step) => (step === 'RCPT' ? { say: '451 later' } : 'go on'))
    await world.leave()
    expect((await failed(world, 1)).state).toBe('waiting')
    await clock.jump(5 * 86_400_000)
    await expect.poll(async () => (await world.jobs())[0]?.attempts).toBe(2)
    await expect.poll(async () => ((await world.jobs())[0]?.due_at ?? 0) - clock.now()).toBeLessThanOrEqual(20_000)
    await clock.jump(20_000)
    await expect.poll(() => state(world)).toBe('failed')
    expect((await world.jobs())[0]).toMatchObject({ attempts: 3, reason: '451 to RCPT TO' })
  })
})
