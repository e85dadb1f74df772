import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Db } from '../../src/store/database.js'
import { temporaryDatabase, temporaryPath } from '../domain/world.js'
import { siteCalls } from './site-calls.js'
import { inTwoSites, type Scene, type SiteName } from './two-sites.js'

const folder = new URL('../../src/store/', import.meta.url)

/** What concerns no single site, and why. */
const siteless: Readonly<Record<string, string>> = {
  'availability-store#readAvailabilities': 'the start reads all sites',
  'body-hash#bodyHash': 'computes',
  'conversation-store#summaryOf': 'computes',
  'database#openDatabase': 'opens the file of all sites',
  'inbox-store#inboxOf': 'computes',
  'keep-tidy#keepTidy': 'drops what has ended on all sites',
  'lease-store#dropStaleLeases': 'drops what has ended on all sites',
  'lease-store#readLeases': 'the start reads all sites',
  'mail-job-store#claimMailJobs': 'whoever sends mail sends that of all sites',
  'mail-job-store#readNextMailDue': 'whoever sends mail sends that of all sites',
  'new-ids#newEventId': 'computes',
  'new-ids#newId': 'computes',
  'new-ids#random': 'computes',
  'operator-store#create': 'an account is of no site; it says which ones it joins',
  'operator-store#credentials': 'an account is of no site',
  'operator-store#insertOperator': 'an account is of no site; it says which ones it joins',
  'operator-store#onChange': 'tells that something changed, and not what',
  'operator-store#isEmpty': 'an account is of no site',
  'operator-store#roles': 'asks which sites an account works for',
  'operator-store#setDisabled': 'an account is of no site',
  'operator-store#setPassword': 'an account is of no site',
  'presence-store#keepAttention': 'a person is at his console or not, whatever site it shows',
  'presence-store#readReadiness': 'an operator wants chats on all his sites or on none',
  'presence-store#writeIntent': 'an operator wants chats on all his sites or on none',
  'prepared#goDirectly': 'says how what others ask gets to its file',
  'prepared#prepared': 'builds what others ask',
  'prepared#preparedOne': 'builds what others ask',
  'session-store#end': 'a sign-in is of no site',
  'session-store#endOthers': 'a sign-in is of no site',
  'session-store#find': 'a sign-in is of no site',
  'session-store#removeExpired': 'a sign-in is of no site',
  'session-store#start': 'a sign-in is of no site',
  'session-store#touch': 'a sign-in is of no site',
  'setup-store#complete': 'the first owner owns every site',
  'setup-store#createOwner': 'the first owner owns every site',
  'setup-store#isGood': 'the first owner owns every site',
  'setup-store#issue': 'the first owner owns every site',
  'site-registry#loadSites': 'is the list of sites',
  'database-files#copyDatabase': 'copies the file of all sites',
  'database-files#syncToDisk': 'knows a file and no site',
  'folder-lock#lockFolder': 'locks the folder of all sites',
  'site-registry#answerTargetsOf': 'computes',
  'sqlite#openScratch': 'holds nothing',
  'sqlite#openSqlite': 'opens the file of all sites',
  'ticket-store#removeExpired': 'drops what has ended on all sites',
  'visitor-store#dropEndedTokens': 'drops what has ended on all sites',
  'visitor-store#isTouchDue': 'computes'
}

/** Names of everything that the store's modules export and that can be called; of a store that is an object, its methods. */
async function everyFunction(db: Db): Promise<string[]> {
  const files = readdirSync(fileURLToPath(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const found = files.map(async (file) => {
    const module = file.slice(0, -'.ts'.length)
    const exported = Object.entries((await import(new URL(file, folder).href)) as Record<string, unknown>)
    return exported.flatMap(([name, value]) => {
      if (typeof value !== 'function') return []
      return (/^create\w+Store$/.test(name) ? Object.keys(value(db) as object) : [name]).map((each) => `${module}#${each}`)
    })
  })
  return (await Promise.all(found)).flat().sort()
}

/** What a site holds, and what no site holds, row by row. */
async function rowsOf(site: SiteName, { tx }: Scene): Promise<{ readonly own: string[]; readonly siteless: string[] }> {
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(tx)
  const rows = { own: [] as string[], siteless: [] as string[] }
  for (const { name } of tables) {
    const found = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(tx)
    for (const row of found.rows) {
      const owner = name === 'site' ? row['id'] : row['site']
      if (owner === undefined) rows.siteless.push(`${name} ${JSON.stringify(row)}`)
      else if (owner === site) rows.own.push(`${name} ${JSON.stringify(row)}`)
    }
  }
  return { own: rows.own.sort(), siteless: rows.siteless.sort() }
}

interface Outcome {
  readonly result: unknown
  readonly isShopUnchanged: boolean
  /** Rows that were there before in tables of no site, and are not any more. */
  readonly lost: readonly string[]
}

async function makeTables(): Promise<string> {
  const path = temporaryPath()
  await temporaryDatabase(path)
  return path
}

function outcomeOf(path: string, name: string, site: SiteName): Promise<Outcome> {
  return inTwoSites(path, async (scene) => {
    const before = await rowsOf('shop', scene)
    const result = await Promise.resolve(siteCalls[name]?.run(site, scene)).catch((error: Error) => ({ refused: error.message }))
    const after = await rowsOf('shop', scene)
    const lost = before.siteless.filter((row) => !after.siteless.includes(row))
    return { result, isShopUnchanged: JSON.stringify(after.own) === JSON.stringify(before.own), lost }
  })
}

function textOf(result: unknown): string {
  return JSON.stringify(result instanceof Map ? [...result] : result) ?? ''
}

describe('the store', () => {
  it('has a call here for each of its functions, or a reason why it concerns no single site', async () => {
    const called = new Set(Object.keys(siteCalls).map((name) => name.replace(/ .*/, '')))
    expect([...called].filter((name) => name in siteless)).toEqual([])
    expect([...called, ...Object.keys(siteless)].sort()).toEqual(await everyFunction(await temporaryDatabase()))
  })

  it('under the name of another site reads nothing of a site and changes nothing there', async () => {
    const path = await makeTables()
    for (const [name, { foreign }] of Object.entries(siteCalls)) {
      const { result, isShopUnchanged, lost } = await outcomeOf(path, name, 'other')
      expect(result, name).toEqual(foreign)
      expect(textOf(result), name).not.toContain('of shop')
      expect([isShopUnchanged, lost], name).toEqual([true, []])
    }
  })

  it('under its own name does what each call is for', async () => {
    const path = await makeTables()
    for (const [name, call] of Object.entries(siteCalls)) {
      const { result, isShopUnchanged } = await outcomeOf(path, name, 'shop')
      expect(textOf(result), name).not.toMatch(/of other|refused/)
      if ('own' in call) expect(result, name).toEqual(call.own)
      else if (isShopUnchanged) expect(result, name).not.toEqual((await outcomeOf(path, name, 'other')).result)
    }
  })
})
