import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Checkout, checkOut } from '../harness/checkout.js'
import { runProcess } from '../harness/run-process.js'

const isFull = process.env['PORCHLIGHT_TEST_FULL'] === '1'
let checkout: Checkout
beforeAll(async () => {
  checkout = await checkOut()
})
afterAll(() => checkout?.remove())

async function npmRun(...parameters: readonly string[]): Promise<string> {
  const running = runProcess('npm', ['run', '-s', ...parameters], { folder: checkout.folder })
  const { code } = await running.ended
  expect(code, running.output()).toBe(0)
  return running.output()
}

function sources(): Record<string, string> {
  const files = ['packages', 'scripts', 'docs'].flatMap((folder) =>
    readdirSync(join(checkout.folder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\/(dist|node_modules)(\/|$)/.test(entry.parentPath))
      .map((entry) => join(entry.parentPath, entry.name))
  )
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, 'latin1')]))
}

it('right after npm ci, gen and format run, and change nothing', async () => {
  const before = sources()
  expect(Object.keys(before).length).toBeGreaterThan(300)
  await npmRun('gen')
  await npmRun('format')
  const after = sources()
  expect(Object.keys(after).filter((file) => after[file] !== before[file])).toEqual([])
}, 120_000)

it.each([
  ['gen', []],
  ['format', []],
  ['build', []],
  ['test', ['--', '--only=manifests']]
])(
  'right after git clone, npm run %s installs what it needs first',
  async (name, parameters) => {
    const { path } = await checkout.uninstall()
    expect(existsSync(join(checkout.folder, 'node_modules'))).toBe(false)
    const running = runProcess('npm', ['run', '-s', name, ...parameters], { folder: checkout.folder, environment: { PATH: path } })
    expect((await running.ended).code, running.output()).toBe(0)
    expect(running.output()).toMatch(/^Installing /)
    expect(existsSync(join(checkout.folder, 'node_modules/.package-lock.json'))).toBe(true)
  },
  300_000
)

it.runIf(isFull)(
  'right after npm ci, bench prints its table and the same as JSON, with a floor for loader, panel and npm core',
  async () => {
    const lines = (await npmRun('bench')).trim().split('\n')
    const rows: { what: string; value: number; floor: number | null }[] = JSON.parse(lines.at(-1) ?? '')
    for (const { what, value } of rows) expect(lines.some((line) => line.startsWith(what) && line.includes(` ${value} `))).toBe(true)
    for (const what of ['loader', 'until usable', 'npm core', 'requests before the first open'])
      expect(rows.find((row) => row.what === what)?.floor).toBeGreaterThan(0)
  },
  300_000
)

it.runIf(isFull)(
  'pictures takes the three pictures of the README',
  async () => {
    const before = sources()
    await npmRun('pictures')
    const after = sources()
    for (const name of ['phone', 'desktop', 'console']) {
      const file = join(checkout.folder, `docs/pictures/${name}.png`)
      expect(after[file]?.startsWith('\x89PNG')).toBe(true)
      expect(after[file]).not.toBe(before[file])
    }
  },
  300_000
)
