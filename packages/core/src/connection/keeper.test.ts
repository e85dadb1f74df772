import { describe, expect, it } from 'vitest'
import { closed, aKeeper as open } from '../../test/a-keeper.js'

/** A page that nobody sees, after a dozen attempts in vain. */
async function unseenOutage() {
  const world = open(0.999)
  const { env, keeper, last, nextAttempt } = world
  env.setVisible(false)
  keeper.connect()
  await env.advance(0)
  for (let round = 0; round < 12; round++) {
    last().refuse('network')
    await nextAttempt()
  }
  return world
}

describe('a keeper', () => {
  it('does nothing before it is asked to', async () => {
    const { env, attempts, state } = open()
    await env.advance(60_000)
    expect(attempts).toHaveLength(0)
    expect(state()).toBe('idle')
  })

  it('is open when it is welcomed', async () => {
    const { env, keeper, last, sessions, state } = open()
    keeper.connect()
    await env.advance(0)
    expect(state()).toBe('connecting')
    const session = last().welcome()
    await env.advance(0)
    expect(state()).toBe('open')
    expect(sessions).toEqual([session])
    expect(keeper.$connection.get().downSince).toBeUndefined()
  })

  it('gives up on an attempt after 8 s and aborts it', async () => {
    const { env, keeper, attempts, state } = open()
    keeper.connect()
    await env.advance(8_000)
    expect(attempts[0]!.context.signal.aborted).toBe(true)
    expect(state()).toBe('waiting')
    expect(keeper.$connection.get().error?.code).toBe('timeout')
  })

  it('tries for ever, and waits longer each time up to 30 s', async () => {
    const { env, keeper, last, nextAttempt } = open(0.999)
    keeper.connect()
    await env.advance(0)
    const waits: number[] = []
    for (let round = 0; round < 12; round++) {
      const from = env.now()
      last().refuse('network')
      await nextAttempt()
      waits.push(last().atMs - from)
    }
    expect(waits[0]).toBeLessThanOrEqual(500)
    expect(waits[3]).toBeGreaterThan(waits[1]!)
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000)
    expect(waits.at(-1)).toBeGreaterThan(28_000)
  })

  it('tries at most once in 5 minutes on the way while nobody sees the page, once the steps have grown', async () => {
    const { attempts } = await unseenOutage()
    const [before, after] = attempts.slice(-2)
    expect(after!.atMs - before!.atMs).toBeGreaterThan(290_000)
  })

  it('of a page that nobody saw tries when somebody looks, as soon as the server allows it', async () => {
    const { env, attempts, last } = await unseenOutage()
    last().refuse('busy', 5_000)
    await env.advance(0)
    const before = attempts.length
    env.setVisible(true)
    await env.advance(4_999)
    expect(attempts).toHaveLength(before)
    await env.advance(5_001)
    expect(attempts).toHaveLength(before + 1)
  })

  it('forgets earlier failures only after ten good seconds', async () => {
    const { env, keeper, last, nextAttempt } = open()
    keeper.connect()
    await env.advance(0)
    for (let round = 0; round < 5; round++) {
      last().welcome()
      await env.advance(9_000)
      last().context.emit(closed('network'))
      await nextAttempt()
    }
    expect(keeper.$connection.get().attempt).toBe(5)
    last().welcome()
    await env.advance(10_000)
    last().context.emit(closed('network'))
    expect(keeper.$connection.get().attempt).toBe(1)
  })

  it('waits at least as long as the server asked, also when the page is looked at', async () => {
    const { env, keeper, attempts, last } = open()
    keeper.connect()
    await env.advance(0)
    last().refuse('busy', 10_000)
    await env.advance(5_000)
    env.setVisible(true)
    await env.advance(4_000)
    expect(attempts).toHaveLength(1)
    await env.advance(11_000)
    expect(attempts).toHaveLength(2)
  })

  it('comes back within the window of a server that restarts', async () => {
    const { env, keeper, attempts, last } = open(0.5)
    keeper.connect()
    await env.advance(0)
    last().welcome()
    await env.advance(0)
    last().context.emit(closed('busy', { withinMs: [2_000, 12_000] }))
    await env.advance(6_900)
    expect(attempts).toHaveLength(1)
    await env.advance(200)
    expect(attempts).toHaveLength(2)
  })

  it('ignores whatever an older attempt still says', async () => {
    const { env, keeper, attempts, events, sessions, last, state } = open()
    keeper.connect()
    await env.advance(8_000)
    await env.advance(500)
    const [old] = attempts
    const session = last().welcome()
    await env.advance(0)
    old!.welcome()
    old!.context.emit({ type: 'saved', saved: 'old' })
    old!.context.emit(closed('forbidden'))
    await env.advance(0)
    expect(state()).toBe('open')
    expect(sessions.at(-1)).toBe(session)
    expect(events).toHaveLength(0)
  })

  it.each(['forbidden', 'version', 'blocked', 'not_found'] as const)('stops at %s, and starts again when asked', async (code) => {
    const { env, keeper, attempts, last, state, failures } = open()
    keeper.connect()
    await env.advance(0)
    last().refuse(code)
    await env.advance(3_600_000)
    expect(state()).toBe('failed')
    expect(failures).toEqual([code])
    expect(attempts).toHaveLength(1)
    keeper.connect()
    await env.advance(0)
    expect(state()).toBe('connecting')
  })

  it('stops after three refused credentials', async () => {
    const { env, keeper, attempts, last, state, failures, nextAttempt } = open()
    keeper.connect()
    await env.advance(0)
    for (let round = 0; round < 5; round++) {
      last().refuse('unauthorized')
      await nextAttempt()
    }
    expect(attempts).toHaveLength(3)
    expect(state()).toBe('failed')
    expect(keeper.$connection.get().error?.code).toBe('unauthorized')
    expect(failures).toEqual(['unauthorized'])
  })

  it('does not wait for the network to return before it tries at least now and then', async () => {
    const { env, keeper, attempts, last } = open()
    keeper.connect()
    await env.advance(0)
    env.setOnline(false)
    expect(keeper.$connection.get().deviceOffline).toBe(true)
    last().refuse('network')
    await env.advance(29_000)
    expect(attempts).toHaveLength(1)
    await env.advance(1_000)
    expect(attempts).toHaveLength(2)
  })

  it('tries at once when the network returns', async () => {
    const { env, keeper, attempts, last } = open()
    keeper.connect()
    await env.advance(0)
    env.setOnline(false)
    last().refuse('network')
    await env.advance(5_000)
    env.setOnline(true)
    await env.advance(0)
    expect(attempts).toHaveLength(2)
    expect(keeper.$connection.get().deviceOffline).toBe(false)
  })

  it('says since when there is no connection, however often it tries', async () => {
    const { env, keeper, last } = open()
    keeper.connect()
    await env.advance(0)
    last().welcome()
    await env.advance(60_000)
    const lostAt = env.now()
    last().context.emit(closed('network'))
    await env.advance(20_000)
    expect(keeper.$connection.get().downSince).toBe(lostAt)
  })

  it('has lost nothing while no connection ever stood, however long that takes, nor after it was asked to leave', async () => {
    const { env, keeper, last, nextAttempt, state } = open()
    const downSince = () => keeper.$connection.get().downSince
    keeper.connect()
    await env.advance(8_000)
    expect([state(), downSince()]).toEqual(['waiting', undefined])
    await nextAttempt()
    last().welcome()
    await env.advance(0)
    keeper.disconnect()
    keeper.connect()
    expect([state(), downSince()]).toEqual(['connecting', undefined])
  })
})

describe('a session that stands', () => {
  const standing = async (probe: () => Promise<void>) => {
    const world = open()
    world.keeper.connect()
    await world.env.advance(0)
    world.last().welcome({ probe })
    await world.env.advance(0)
    return world
  }

  it('is probed when the page is looked at, and stays when it answers', async () => {
    let probes = 0
    const { env, attempts, state } = await standing(async () => void probes++)
    env.setVisible(true)
    await env.advance(5_000)
    expect(probes).toBe(1)
    expect(attempts).toHaveLength(1)
    expect(state()).toBe('open')
  })

  it('is replaced after 3 s of silence, without waiting for its end', async () => {
    const { env, attempts } = await standing(() => new Promise(() => undefined))
    env.setVisible(true)
    await env.advance(2_999)
    expect(attempts).toHaveLength(1)
    await env.advance(1)
    expect(attempts).toHaveLength(2)
    expect(attempts[0]!.context.signal.aborted).toBe(true)
  })

  it('is replaced when the probe fails', async () => {
    const { env, attempts } = await standing(() => Promise.reject(new Error('gone')))
    env.setVisible(true)
    await env.advance(0)
    expect(attempts).toHaveLength(2)
  })

  it('is believed when it cannot be probed', async () => {
    const { env, keeper, attempts, last } = open()
    keeper.connect()
    await env.advance(0)
    last().welcome()
    await env.advance(0)
    env.setVisible(true)
    await env.advance(10_000)
    expect(attempts).toHaveLength(1)
  })

  it('is probed after the machine slept', async () => {
    let probes = 0
    const { env } = await standing(async () => void probes++)
    await env.advance(30_000)
    expect(probes).toBe(0)
    env.sleep(600_000)
    await env.advance(5_000)
    expect(probes).toBe(1)
  })

  it('is let go when the page leaves, and had again when it comes back', async () => {
    const { env, attempts, state, sessions } = await standing(async () => undefined)
    env.leave()
    expect(attempts[0]!.context.signal.aborted).toBe(true)
    expect(sessions.at(-1)).toBeNull()
    await env.advance(600_000)
    expect(attempts).toHaveLength(1)
    env.comeBack()
    await env.advance(0)
    expect(attempts).toHaveLength(2)
    expect(state()).toBe('connecting')
  })

  it('stays when the page is only hidden', async () => {
    const { env, state } = await standing(async () => undefined)
    env.setVisible(false)
    await env.advance(60_000)
    expect(state()).toBe('open')
  })
})

describe('an end that was asked for', () => {
  it('is final until it is asked to connect again', async () => {
    const { env, keeper, attempts, last, state } = open()
    keeper.connect()
    await env.advance(0)
    last().welcome()
    await env.advance(0)
    keeper.disconnect()
    env.setVisible(true)
    await env.advance(600_000)
    expect(state()).toBe('closed')
    expect(attempts).toHaveLength(1)
    keeper.connect()
    await env.advance(0)
    expect(attempts).toHaveLength(2)
  })

  it('leaves no timer and no listener behind', async () => {
    const { env, life, keeper, attempts, last } = open()
    keeper.connect()
    await env.advance(0)
    last().refuse('network')
    await env.advance(0)
    keeper.disconnect()
    life.end()
    env.setVisible(true)
    env.setOnline(true)
    env.comeBack()
    await env.advance(600_000)
    expect(attempts).toHaveLength(1)
    expect([env.timerCount(), env.listenerCount()]).toEqual([0, 0])
  })

  it('of something that never began is nothing', () => {
    const { keeper, state } = open()
    keeper.disconnect()
    expect(state()).toBe('idle')
  })
})
