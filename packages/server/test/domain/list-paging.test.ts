import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readConversationRows } from '../../src/store/conversation-rows.js'
import { createConversation } from '../../src/store/conversation-store.js'
import type { ListPart } from '../../src/store/list-part.js'
import { insertRequest, readRequestRows } from '../../src/store/request-store.js'
import { createVisitor } from '../../src/store/visitor-store.js'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { newMessageId } from '../domain/new-ids.js'
import { startWorld, type World } from '../domain/world.js'

/** Makes a conversation with a request for each instant, on a site of its own. */
async function fill({ path, domain }: World, site: string, instants: readonly number[]): Promise<void> {
  await domain.sites.save({ id: site, name: site, origins: [], capacity: 1, settings: {} }, 0)
  await changeOnDisk(path, async (first) => {
    const { id: visitor } = await createVisitor(site, first)
    for (const now of instants) {
      const unit = { ...first, now }
      const { c } = await createConversation(site, unit, { visitor })
      const id = newMessageId()
      const fields = JSON.stringify({ text: 'Hello' })
      const row = { id, reference: id, c, seq: 1, visitor, department: null, state: 'new', fields, due: null, page: null, locale: null } as const
      await insertRequest(site, unit, { ...row, spam: 0, body_hash: '' })
    }
  })
}

/** Everything, page by page, each from where the one before ended. */
async function pages(limit: number, read: (part: ListPart) => Promise<readonly (readonly [number, string])[]>): Promise<string[]> {
  const found: (readonly [number, string])[] = []
  for (;;) {
    const last = found.at(-1)
    const page = await read({ limit, epoch: '', ...(last ? { before: last[0], beforeId: last[1] } : {}) })
    found.push(...page)
    if (page.length < limit) return found.map(([at, id]) => `${at} ${id}`)
  }
}

it('pages of any size hold every row once, in order, however many changed in one millisecond', async () => {
  const world = await startWorld()
  const { query } = world.db
  let sites = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), async (instants, limit) => {
      const site = `site-${sites++}`
      await fill(world, site, instants)
      const conversations = await pages(limit, async (part) =>
        (await readConversationRows(site, query, part)).map(({ updatedAt, c }) => [updatedAt, c] as const)
      )
      const requests = await pages(limit, async (part) =>
        (await readRequestRows(site, query, part)).map(({ updatedAt, id }) => [updatedAt, id] as const)
      )
      for (const list of [conversations, requests]) {
        expect(list).toHaveLength(instants.length)
        expect(new Set(list).size).toBe(instants.length)
        expect(list.map((row) => Number(row.split(' ')[0]))).toEqual([...instants].sort((a, b) => b - a))
      }
    }),
    { numRuns: 40 }
  )
}, 30_000)
