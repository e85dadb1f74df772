import { expect, it } from 'vitest'
import { connect } from '../domain/wire-client.js'
import { startWorld, type World } from '../domain/world.js'

const light = (world: World, query = '', headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${world.url}/v1/sites/shop/light${query}`, { headers })

it('the light is one public answer: any origin, any cache, no cookie, no variant', async () => {
  const world = await startWorld()
  const response = await light(world, '', { origin: 'https://anywhere.example', cookie: 'a=b' })
  expect(response.status).toBe(200)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('cache-control')).toBe('public, max-age=10')
  expect(response.headers.get('vary')).toBeNull()
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(await response.json()).toEqual({ rev: 0, state: 'offline', reason: 'no_agents' })
})

it.each([
  ['en', 'No agent is here at the moment'],
  ['ru-RU', 'Сейчас никого нет на месте'],
  ['PL', 'Chwilowo nikogo nie ma'],
  ['xx', 'No agent is here at the moment'],
  ['__proto__', 'No agent is here at the moment']
])('the light speaks %s', async (language, text) => {
  const world = await startWorld()
  expect(await (await light(world, `?lang=${language}&department=sales`)).json()).toMatchObject({ text })
})

it('the light turns on with an available operator and off with him, and its revision grows', async () => {
  const world = await startWorld({ durations: { downDelayMs: 0 } })
  await connect(world, { ticket: await world.ticketFor('ann') })
  const now = async () => (await (await light(world)).json()) as { readonly rev: number; readonly state: string }
  const answers = [await now()]
  for (const isAvailable of [true, false]) {
    await world.domain.presence.setAvailable('ann', isAvailable)
    // A fall is told by a timer, however short.
    await expect.poll(async () => (await now()).state, { interval: 5 }).toBe(isAvailable ? 'online' : 'away')
    answers.push(await now())
  }
  expect(answers.map(({ state }) => state)).toEqual(['away', 'online', 'away'])
  const told = answers.map(({ rev }) => rev)
  expect(told).toHaveLength(3)
  expect(told).toEqual([...new Set(told)].sort((a, b) => a - b))
})

it('whoever holds the answer is told so in a few bytes, until there is another; each language has its own', async () => {
  const world = await startWorld()
  const first = await light(world, '?lang=en')
  const tag = String(first.headers.get('etag'))
  const again = await light(world, '?lang=en&department=sales', { 'if-none-match': `"other", W/${tag}`, origin: 'https://anywhere.example' })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
  for (const name of ['access-control-allow-origin', 'cross-origin-resource-policy', 'cache-control', 'etag', 'vary', 'set-cookie'])
    expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)])
  expect((await light(world, '?lang=pl', { 'if-none-match': tag })).status).toBe(200)
  expect((await light(world, '', { 'if-none-match': tag })).status).toBe(200)

  await connect(world, { ticket: await world.ticketFor('ann') })
  await world.domain.presence.setAvailable('ann', true)
  const changed = await light(world, '?lang=en', { 'if-none-match': tag })
  expect([changed.status, await changed.json()]).toEqual([200, expect.objectContaining({ state: 'online' })])
})

it('the light asks the database nothing: it answers also where nothing can be read any more', async () => {
  const world = await startWorld()
  await world.db.query.destroy()
  const answers = await Promise.all(['', '?lang=ru', '?lang=pl&department=sales'].map((query) => light(world, query)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
})

it.each(['nowhere', 'SHOP', '..%2f', 'a'.repeat(41)])('there is no light for %s', async (site) => {
  const world = await startWorld()
  const response = await fetch(`${world.url}/v1/sites/${site}/light`, { headers: { origin: 'https://anywhere.example' } })
  expect(response.status).toBe(404)
  // A page of anybody may read it, to tell its owner that the name is wrong.
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(await response.json()).toEqual({ error: { code: 'not_found', message: 'no such site' } })
  expect(response.headers.get('cache-control')).not.toContain('public')
})
