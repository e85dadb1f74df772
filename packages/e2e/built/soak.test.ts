import { expect, it } from 'vitest'
import { runProcess } from '../harness/run-process.js'
import { seed } from '../harness/seed.js'

const soak = new URL('../../../scripts/soak.mjs', import.meta.url).pathname

it('a soak of half a minute on clocks that run ahead has faults, messages and no violation, and says so in its last line', async () => {
  const parameters = ['--minutes', '0.5', '--speed', '10', '--clients', '6', '--seed', String(seed)]
  const running = runProcess(process.execPath, [soak, ...parameters])
  const { code } = await running.ended
  expect(code, running.output()).toBe(0)
  expect(running.output().trim().split('\n').at(-1)).toMatch(
    new RegExp(`^soak minutes=0.5 seed=${seed} clients=6 faults=[1-9]\\d* messages=[1-9]\\d* violations=0 slope=unknown$`)
  )
}, 60_000)
