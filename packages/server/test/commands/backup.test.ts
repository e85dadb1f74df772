import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { beforeEach, describe, expect, it } from 'vitest'
import { startApiServer } from '../api/api-server.js'
import { connect, openConversation, say } from '../domain/wire-client.js'
import { startWorld, type World } from '../domain/world.js'
import { command } from './command.js'

let folder: string
let data: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-backup-'))
  data = join(folder, 'data')
  await mkdir(data)
  return () => rm(folder, { recursive: true, force: true })
})

const backupFile = (): string => join(folder, 'copy.db')

/** A running server on the data folder, whose customer has said so much. */
async function talkingWorld(texts: readonly string[]): Promise<World> {
  const world = await startWorld({ path: join(data, 'porchlight.db') })
  const customer = await connect(world)
  const c = await openConversation(customer)
  for (const [index, text] of texts.entries()) await say(customer, { c, n: index + 1, text })
  return world
}

function textsIn(path: string): string[] {
  const file = new Libsql(path)
  const rows = file.prepare("select data from event where k = 'text' order by rowid").all() as { readonly data: string }[]
  file.close()
  return rows.map(({ data }) => JSON.parse(data).text)
}

describe('a backup', () => {
  it('of a folder that a server runs on holds all that was acknowledged, for its owner alone, and costs the server nothing', async () => {
    const world = await talkingWorld(['one', 'two'])
    expect(await command(data, 'backup', backupFile())).toMatchObject({ code: 0, stderr: '' })
    const customer = await connect(world)
    await say(customer, { c: await openConversation(customer), n: 1, text: 'three' })
    await world.close()
    expect(textsIn(backupFile())).toEqual(['one', 'two'])
    expect(textsIn(join(data, 'porchlight.db'))).toEqual(['one', 'two', 'three'])
    expect((await stat(backupFile())).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).sort()).toEqual(['copy.db', 'data'])
  })

  it('of a folder that no server runs on, whose last one was cut off, holds what is in the log only', async () => {
    const world = await talkingWorld(['one'])
    // What a kill leaves behind: the log has not been folded in.
    for (const suffix of ['', '-wal']) await writeFile(join(folder, `killed.db${suffix}`), await readFile(join(data, `porchlight.db${suffix}`)))
    await world.close()
    await mkdir(join(folder, 'killed'))
    for (const suffix of ['', '-wal'])
      await writeFile(join(folder, 'killed', `porchlight.db${suffix}`), await readFile(join(folder, `killed.db${suffix}`)))
    expect(await command(join(folder, 'killed'), 'backup', backupFile())).toMatchObject({ code: 0 })
    expect(textsIn(backupFile())).toEqual(['one'])
  })

  it('does not write over anything, and leaves nothing behind when it fails', async () => {
    await talkingWorld(['one'])
    await writeFile(backupFile(), 'the good one')
    expect(await command(data, 'backup', backupFile())).toEqual({
      code: 2,
      stdout: '',
      stderr: `porchlight: there is something at ${backupFile()}: expected a name that is free\n`
    })
    expect(await readFile(backupFile(), 'utf8')).toBe('the good one')
    expect(await command(data, 'backup', join(folder, 'nowhere', 'copy.db'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^porchlight: no file can be made in [^\n]*nowhere: [^\n]* \(ENOENT\)\n$/)
    })
    expect((await readdir(folder)).sort()).toEqual(['copy.db', 'data'])
  })

  it.each([
    ['is none', undefined, 2],
    ['is no database', 'not a database'.repeat(1_000), 2]
  ])('of what %s ends with a sentence', async (_, content, code) => {
    if (content !== undefined) await writeFile(join(data, 'porchlight.db'), content)
    const result = await command(data, 'backup', backupFile())
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^porchlight: [^\n]+\n$/) })
    expect(existsSync(backupFile())).toBe(false)
    expect(await readdir(folder)).toEqual(['data'])
  })
})

describe('a command line', () => {
  it('that nobody understands ends with 2 and says what there is', async () => {
    for (const parameters of [['backup'], ['restore'], ['backup', 'a', 'b'], ['launch'], ['--data', 'x']]) {
      const { code, stdout, stderr } = await command(data, ...parameters)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('porchlight backup FILE')
    }
    expect(await command(data, '--help')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('porchlight restore FILE') })
    expect(await readdir(data)).toEqual([])
  })
})

it('a second server on one data folder ends with 2 and one sentence; the first goes on', async () => {
  const first = await startApiServer()
  const second = await command(first.dataFolder)
  expect(second).toMatchObject({ code: 2, stderr: expect.stringMatching(/^porchlight: a server runs on the data folder [^\n]+\n$/) })
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  await first.server.close()
})
