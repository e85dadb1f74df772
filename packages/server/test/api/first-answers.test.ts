import { expect, it } from 'vitest'
import { keepFirstAnswer } from '../../src/store/answer-store.js'
import { changeOnDisk } from '../domain/change-on-disk.js'
import type { Browser } from './browser.js'
import { startWorld, type World } from './world.js'

const path = '/api/sites/alpha/first-answers'
const tooFew = { medianMs: null, p90Ms: null, shareWithinTarget: null }
const minuteMs = 60_000

/** Answers of one site, each to somebody who had waited so long. */
async function answered(
  { server, own }: World,
  { kind, waitsMs, atMs = Date.now() }: { readonly kind: 'chat' | 'request'; readonly waitsMs: readonly number[]; readonly atMs?: number }
): Promise<void> {
  await changeOnDisk(server.databasePath, async (unit) => {
    for (const [index, waitMs] of waitsMs.entries()) {
      const wait = { kind, subject: `${atMs} ${index}`, c: own.conversation, department: null, asked_at: atMs - waitMs, operator: own.operator }
      await keepFirstAnswer(own.site, { ...unit, now: atMs }, wait)
    }
  })
}

async function bodyOf(browser: Browser, query = ''): Promise<unknown> {
  const { status, body } = await browser.call('GET', `${path}${query}`)
  expect(status).toBe(200)
  return body
}

it('how soon customers were answered is told of chats and of requests, since an instant, and never of fewer than five', async () => {
  const world = await startWorld()
  const { viewer } = world.staff
  await answered(world, { kind: 'chat', waitsMs: [10_000, 20_000, 30_000, 40_000] })
  expect(await bodyOf(viewer)).toMatchObject({
    chats: { count: 4, ...tooFew, targetMs: 120_000 },
    requests: { count: 0, ...tooFew, targetMs: 28_800_000 }
  })

  await answered(world, { kind: 'chat', waitsMs: [200_000], atMs: Date.now() - minuteMs })
  await answered(world, { kind: 'request', waitsMs: [1, 2, 3, 4, 5].map((hours) => hours * 60 * minuteMs) })
  const since = Date.now() - 60 * minuteMs
  expect(await bodyOf(viewer, `?since=${since}`)).toEqual({
    since,
    chats: { count: 5, medianMs: 30_000, p90Ms: 200_000, shareWithinTarget: 0.8, targetMs: 120_000 },
    requests: { count: 5, medianMs: 180 * minuteMs, p90Ms: 300 * minuteMs, shareWithinTarget: 1, targetMs: 28_800_000 }
  })
  expect(await bodyOf(viewer, `?since=${Date.now() - minuteMs / 2}`)).toMatchObject({ chats: { count: 4, ...tooFew } })
  expect((await viewer.call('GET', `${path}?since=yesterday`)).status).toBe(400)
  expect((await world.stranger.call('GET', path)).status).toBe(404)
})

it('a site means to answer as soon as its owner says, and the console hears of it with its lists', async () => {
  const world = await startWorld()
  const { admin, agent } = world.staff
  const [firstAnswerTargetMs, requestTargetMs] = [45_000, 4 * 60 * minuteMs]
  await answered(world, { kind: 'chat', waitsMs: [10_000, 20_000, 45_000, 45_001, 50_000] })
  expect((await admin.call('PATCH', '/api/sites/alpha', { body: { firstAnswerTargetMs } })).body).toMatchObject({
    firstAnswerTargetMs,
    requestTargetMs: 28_800_000
  })
  await admin.call('PATCH', '/api/sites/alpha', { body: { requestTargetMs } })
  await admin.call('PATCH', '/api/sites/alpha', { body: { name: 'Alpha again' } })
  expect((await agent.call('GET', '/api/sites/alpha')).body).toMatchObject({ firstAnswerTargetMs, requestTargetMs })
  expect((await agent.call('GET', '/api/sites/alpha/inbox')).body).toMatchObject({ targets: { firstAnswerTargetMs, requestTargetMs } })
  expect(await bodyOf(agent)).toMatchObject({
    chats: { shareWithinTarget: 0.6, targetMs: firstAnswerTargetMs },
    requests: { targetMs: requestTargetMs }
  })
  expect((await agent.call('PATCH', '/api/sites/alpha', { body: { firstAnswerTargetMs: 1_000 } })).status).toBe(403)
})

it.each([0, 999, 1_500.5, 2_592_000_001, '60000', null])('a target of %s is refused with its field', async (target) => {
  const { staff } = await startWorld()
  for (const field of ['firstAnswerTargetMs', 'requestTargetMs']) {
    const { status, body } = await staff.owner.call('PATCH', '/api/sites/alpha', { body: { [field]: target } })
    expect([status, body]).toMatchObject([400, { error: { code: 'invalid', fields: [{ field }] } }])
  }
})
