import type { ErrorCode } from '@porchlight/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aKeeper, closed, type KeeperWorld } from '../../test/a-keeper.js'

/** A keeper with a session that stands; `probe` is what it answers to a probe. */
async function standing(probe: () => Promise<void> = async () => undefined, random = 0.5): Promise<KeeperWorld> {
  const world = aKeeper(random)
  world.keeper.connect()
  await world.env.advance(0)
  world.last().welcome({ probe })
  await world.env.advance(0)
  return world
}

describe('a probe', () => {
  it('T33: of a session that died while the page was suspended fails within 3 s, and a fresh one is on its way', async () => {
    const { env, attempts, last, state } = await standing(() => new Promise(() => undefined))
    env.setVisible(false)
    env.sleep(600_000)
    env.setVisible(true)
    await env.advance(3_000)
    expect(attempts).toHaveLength(2)
    last().welcome()
    await env.advance(1_000)
    expect(state()).toBe('open')
  })

  it('T35: of a page that was frozen for half an hour is one, however many events tell of its return, and one connection follows', async () => {
    let probes = 0
    const { env, attempts, last } = await standing(() => {
      probes++
      return new Promise(() => undefined)
    })
    env.setVisible(false)
    env.sleep(1_800_000)
    env.setVisible(true)
    env.comeBack()
    env.setOnline(true)
    await env.advance(3_000)
    expect([probes, attempts.length]).toEqual([1, 2])
    last().welcome()
    await env.advance(60_000)
    expect(attempts).toHaveLength(2)
  })

  it('that is answered may be followed by another', async () => {
    let probes = 0
    const { env, attempts } = await standing(async () => void probes++)
    for (let round = 0; round < 3; round++) {
      env.comeBack()
      await env.advance(10_000)
    }
    expect([probes, attempts.length]).toEqual([3, 1])
  })

  it('follows a jump of the clock beyond 5 s, and none below', async () => {
    let probes = 0
    const { env } = await standing(async () => void probes++)
    env.sleep(4_900)
    await env.advance(10_000)
    expect(probes).toBe(0)
    env.sleep(11_000)
    await env.advance(5_000)
    expect(probes).toBe(1)
  })

  it('does not follow from the timers of a hidden page, which a browser runs once a minute', async () => {
    let probes = 0
    const { env } = await standing(async () => void probes++)
    env.setVisible(false)
    env.sleep(60_000)
    await env.advance(5_000)
    expect(probes).toBe(0)
  })
})

describe('the end of a session', () => {
  it('T15: that read too slowly is followed by the next at once, and no tight loop comes of it', async () => {
    const { env, attempts, last } = await standing()
    await env.advance(10_000)
    last().context.emit(closed('network', { withinMs: [0, 0] }))
    await env.advance(0)
    expect(attempts).toHaveLength(2)
    for (let round = 0; round < 20; round++) {
      last().welcome()
      await env.advance(0)
      last().context.emit(closed('network', { withinMs: [0, 0] }))
      await env.advance(0)
    }
    expect(attempts.length).toBeLessThan(4)
  })

  it('whose place newer ones took is not followed by another while nobody looks, and at once when somebody does', async () => {
    const { env, attempts, last, state } = await standing()
    env.setVisible(false)
    last().context.emit(closed('busy', { afterMs: 60_000, isReplaced: true }))
    env.setOnline(true)
    await env.advance(3_600_000)
    expect([attempts.length, state()]).toEqual([1, 'waiting'])
    env.setVisible(true)
    await env.advance(0)
    expect(attempts).toHaveLength(2)
  })

  it('whose place newer ones took is followed by another after a minute where somebody looks, so that no window stays dead', async () => {
    const { env, attempts, last } = await standing()
    last().context.emit(closed('busy', { afterMs: 60_000, isReplaced: true }))
    await env.advance(59_000)
    expect(attempts).toHaveLength(1)
    await env.advance(31_500)
    expect(attempts).toHaveLength(2)
  })

  it.each(['invalid', 'too_large'] as const)('T71: over a frame of ours (%s) is told, and the third in a minute is the last', async (code) => {
    const { env, last, badFrames, failures, nextAttempt, state } = await standing()
    for (let round = 0; round < 3; round++) {
      last().context.emit(closed(code))
      if (round < 2) await nextAttempt()
      last().welcome()
      await env.advance(0)
    }
    expect([state(), badFrames.length, failures]).toEqual(['failed', 3, [code]])
  })

  it('over a frame of ours, three times in more than a minute, is not the last', async () => {
    const { env, last, nextAttempt, state } = await standing()
    for (let round = 0; round < 6; round++) {
      last().context.emit(closed('invalid'))
      await nextAttempt()
      last().welcome()
      await env.advance(30_000)
    }
    expect(state()).toBe('open')
  })

  it('T29: with a wait that the server asked for holds, also for who disconnects and connects meanwhile', async () => {
    const { env, attempts, keeper, last } = await standing()
    last().context.emit(closed('busy', { afterMs: 10_000 }))
    keeper.disconnect()
    keeper.connect()
    env.setVisible(true)
    await env.advance(9_900)
    expect(attempts).toHaveLength(1)
    await env.advance(10_100)
    expect(attempts).toHaveLength(2)
  })
})

describe('a connection that nobody needs for now', () => {
  it('is let go, and had again when the page is looked at or somebody asks', async () => {
    const { env, attempts, keeper, state, sessions } = await standing()
    env.setVisible(false)
    keeper.rest()
    expect([state(), sessions.at(-1), keeper.$connection.get().downSince]).toEqual(['waiting', null, undefined])
    env.setOnline(true)
    await env.advance(3_600_000)
    expect(attempts).toHaveLength(1)
    keeper.connect()
    await env.advance(0)
    expect(attempts).toHaveLength(2)
    keeper.rest()
    env.setVisible(true)
    await env.advance(0)
    expect(attempts).toHaveLength(3)
  })

  it('is not begun by letting go of it', async () => {
    const { env, keeper, attempts, state } = aKeeper()
    keeper.rest()
    env.setVisible(true)
    await env.advance(60_000)
    expect([attempts.length, state()]).toEqual([0, 'idle'])
  })
})

it('T30: a server that is down for six hours is asked at most every 5 minutes by a page that nobody sees, and for ever', async () => {
  const { env, keeper, attempts, last, nextAttempt } = aKeeper(0.3)
  env.setVisible(false)
  keeper.connect()
  await env.advance(0)
  const from = env.now()
  while (env.now() - from < 6 * 3_600_000) {
    last().refuse('network')
    await nextAttempt()
  }
  const gaps = attempts.slice(11).map(({ atMs }, index) => atMs - attempts[index + 10]!.atMs)
  expect(gaps.length).toBeGreaterThan(60)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(300_000)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(300_100)
})

/** What the other side, the network and the reader may do next. */
type Step =
  | { readonly kind: 'refuse'; readonly code: ErrorCode }
  | { readonly kind: 'busy'; readonly afterMs: number }
  | { readonly kind: 'silence' | 'replaced' | 'slow' | 'drain' | 'hide' | 'look' | 'offline' | 'online' | 'bfcache' | 'sleep' | 'flap' }
  | { readonly kind: 'stand'; readonly forMs: number }

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.constantFrom('network', 'busy', 'rate_limited', 'internal', 'store_unavailable', 'unauthorized', 'invalid', 'too_large').map((code) => ({
      kind: 'refuse' as const,
      code: code as ErrorCode
    })),
    fc.integer({ min: 1, max: 120_000 }).map((afterMs) => ({ kind: 'busy' as const, afterMs })),
    fc
      .constantFrom('silence', 'replaced', 'slow', 'drain', 'hide', 'look', 'offline', 'online', 'bfcache', 'sleep', 'flap')
      .map((kind) => ({ kind: kind as 'silence' })),
    fc.integer({ min: 0, max: 30_000 }).map((forMs) => ({ kind: 'stand' as const, forMs }))
  ),
  { maxLength: 40 }
)

/** Bytes from a seed, as random as `Math.random` is. */
function seededBytes(seed: number): (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> {
  let state = seed >>> 0
  return (bytes) => {
    for (let index = 0; index < bytes.length; index++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      bytes[index] = state >>> 24
    }
    return bytes
  }
}

/** A server that welcomes everybody and then throws them out. */
async function flap({ env, last, state }: KeeperWorld): Promise<void> {
  for (let round = 0; round < 20; round++) {
    if (state() === 'connecting') last().welcome()
    await env.advance(1)
    last().context.emit(closed('network'))
    await env.advance(500)
  }
}

async function play(world: KeeperWorld, step: Step): Promise<void> {
  const { env, keeper, last, state } = world
  if (step.kind === 'flap') return flap(world)
  const emit = (code: ErrorCode, more: object = {}) => last().context.emit(closed(code, more))
  if (state() === 'connecting' && step.kind === 'refuse') last().refuse(step.code)
  else if (state() === 'connecting' && step.kind === 'busy') last().refuse('busy', step.afterMs)
  else if (state() === 'connecting' && step.kind === 'stand') last().welcome({ probe: () => new Promise(() => undefined) })
  else if (step.kind === 'refuse') emit(step.code)
  else if (step.kind === 'replaced') emit('busy', { afterMs: 60_000, isReplaced: true })
  else if (step.kind === 'slow') emit('network', { withinMs: [0, 0] })
  else if (step.kind === 'drain') emit('busy', { withinMs: [0, 13_000] })
  else if (step.kind === 'hide' || step.kind === 'look') env.setVisible(step.kind === 'look')
  else if (step.kind === 'offline' || step.kind === 'online') env.setOnline(step.kind === 'online')
  else if (step.kind === 'sleep') env.sleep(600_000)
  else if (step.kind === 'bfcache') env.leave()
  await env.advance(step.kind === 'stand' ? step.forMs : step.kind === 'silence' ? 8_000 : 1_000)
  if (step.kind === 'bfcache') env.comeBack()
  // Whoever is stopped for good is asked to try again, as by the next text that somebody sends.
  if (state() === 'failed') keeper.connect()
}

it('T28, T29, T30: whatever happens, there is another attempt, and never more than twelve in ten seconds', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer(), async (plan, seed) => {
      const world = aKeeper(seededBytes(seed))
      const { env, keeper, attempts, state } = world
      keeper.connect()
      await env.advance(0)
      const wokenAt: number[] = []
      for (const step of plan) {
        if (['look', 'online', 'bfcache', 'sleep'].includes(step.kind) || state() === 'failed') wokenAt.push(env.now())
        await play(world, step)
      }
      const own = attempts.map(({ atMs }) => atMs)
      for (const from of own) {
        const isBetween = (at: number) => at >= from && at < from + 10_000
        expect(own.filter(isBetween).length).toBeLessThanOrEqual(12 + wokenAt.filter((at) => at > from - 5_000 && at < from + 10_000).length)
      }
      // Without anybody's doing an attempt follows, but where a hidden page was replaced; and at once when somebody looks.
      const count = attempts.length
      const isReplaced = plan.some(({ kind }) => kind === 'replaced') && !env.isVisible()
      await env.advance(610_000)
      expect(state() === 'open' || isReplaced || attempts.length > count).toBe(true)
      env.setVisible(true)
      await env.advance(250_000)
      expect(state() === 'open' || attempts.length > count).toBe(true)
      env.kill()
    })
  )
})
