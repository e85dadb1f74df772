import { describe, expect, it } from 'vitest'
import type { Session } from '../adapter.js'
import { memoryEnv } from '../env/memory-env.js'
import { createTyping } from './typing.js'

const ben = { role: 'agent', id: 'ben' } as const

function open() {
  const env = memoryEnv()
  const told: boolean[] = []
  const session = { typing: (_: string, on: boolean) => void told.push(on) } as unknown as Session
  return { env, told, typing: createTyping('c', env, () => session) }
}

describe('typing marks of others', () => {
  it('go away by themselves when they are not renewed', async () => {
    const { env, typing } = open()
    typing.arrived(ben, true, 6_000)
    await env.advance(5_000)
    typing.arrived(ben, true, 6_000)
    await env.advance(5_000)
    expect(typing.$typing.get()).toEqual([ben])
    await env.advance(1_000)
    expect(typing.$typing.get()).toEqual([])
  })

  it('go away at once when they end', () => {
    const { typing } = open()
    typing.arrived(ben, true, 6_000)
    typing.arrived(ben, false, 0)
    expect(typing.$typing.get()).toEqual([])
  })
})

describe('our own typing marks', () => {
  it('go out at most once in three seconds', async () => {
    const { env, told, typing } = open()
    for (let stroke = 0; stroke < 60; stroke++) {
      typing.report(true)
      await env.advance(100)
    }
    expect(told).toEqual([true, true])
  })

  it('end at once, and only once', () => {
    const { told, typing } = open()
    typing.report(true)
    typing.report(false)
    typing.report(false)
    expect(told).toEqual([true, false])
  })
})
