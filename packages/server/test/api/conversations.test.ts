import { describe, expect, it } from 'vitest'
import { codeOf } from './browser.js'
import { manualTime } from './manual-time.js'
import { connect } from './operator-socket.js'
import { leaveRequest, newId, startWorld } from './world.js'

describe('an operator without a socket', () => {
  it('answers over HTTP, once however often he sends it, and everybody sees it', async () => {
    const { staff, own, server } = await startWorld()
    const path = `/api/sites/alpha/conversations/${own.conversation}`
    const body = { id: newId(), text: 'It left this morning.' }
    const inbox = await connect(server, staff.owner, 'alpha')
    inbox.send({ t: 'fetch', rid: 'r', c: own.conversation, from: 1, sub: true })
    await inbox.frame('page')

    const first = await staff.agent.call('POST', `${path}/messages`, { body })
    const again = await staff.agent.call('POST', `${path}/messages`, { body })
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body).toEqual({ ...(first.body as object), dup: true })
    expect(await inbox.event('text')).toMatchObject({ id: body.id, k: 'text', data: { text: body.text }, by: { role: 'agent' } })

    const other = await staff.agent.call('POST', `${path}/messages`, { body: { ...body, text: 'Something else' } })
    expect([other.status, codeOf(other)]).toEqual([409, 'id_conflict'])
    const { events } = (await staff.viewer.call('GET', `${path}/events`)).body as { events: { id: string }[] }
    expect(events.filter(({ id }) => id === body.id)).toHaveLength(1)
  })

  it('sends several at the same time, and none is lost', async () => {
    const { staff, own } = await startWorld()
    const path = `/api/sites/alpha/conversations/${own.conversation}/messages`
    const ids = Array.from({ length: 20 }, newId)
    const answers = await Promise.all(ids.map((id) => staff.agent.call('POST', path, { body: { id, text: `message ${id}` } })))
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201))
    expect(new Set(answers.map(({ body }) => (body as { seq: number }).seq)).size).toBe(20)
  })

  it('closes a conversation and opens it again', async () => {
    const { staff, own } = await startWorld()
    const path = `/api/sites/alpha/conversations/${own.conversation}`
    expect((await staff.agent.call('PATCH', path, { body: { state: 'closed' } })).body).toMatchObject({ c: own.conversation, state: 'closed' })
    expect((await staff.agent.call('PATCH', path, { body: { state: 'open' } })).body).toMatchObject({ state: 'open' })
  })

  it('moves a request on', async () => {
    const { staff, own } = await startWorld()
    const answer = await staff.agent.call('PATCH', `/api/sites/alpha/requests/${own.request}`, { body: { state: 'closed' } })
    expect(answer.body).toMatchObject({ id: own.request, state: 'closed' })
    expect((await staff.viewer.call('GET', '/api/sites/alpha/requests')).body).toMatchObject({
      requests: [{ id: own.request, state: 'closed' }],
      more: false
    })
  })

  it('reads the inbox with the head of its log', async () => {
    const { staff, own, server } = await startWorld()
    const before = (await staff.viewer.call('GET', '/api/sites/alpha/inbox')).body as { head: number }
    expect(before).toMatchObject({ requests: [{ id: own.request, fields: { text: 'Where is my parcel, alpha?' } }] })
    await leaveRequest(server, 'alpha', 'And mine?')
    const after = (await staff.viewer.call('GET', '/api/sites/alpha/inbox')).body as { head: number; requests: unknown[] }
    expect(after.head).toBeGreaterThan(before.head)
    expect(after.requests).toHaveLength(2)
  })

  it('pages through what there is, also through rows of one millisecond', async () => {
    const clock = manualTime()
    const { staff, server } = await startWorld({ clock })
    for (let count = 0; count < 4; count++) await leaveRequest(server, 'alpha', `Question ${count}`)
    for (const [list, key] of [
      ['requests', 'id'],
      ['conversations', 'c']
    ] as const) {
      const ids: string[] = []
      let query = 'limit=2'
      for (let more = true; more; ) {
        const { body } = await staff.viewer.call('GET', `/api/sites/alpha/${list}?${query}`)
        const rows = (body as Record<string, Record<string, string>[]>)[list] ?? []
        ids.push(...rows.map((row) => row[key] ?? ''))
        query = `limit=2&before=${rows.at(-1)?.['updatedAt']}&beforeId=${rows.at(-1)?.[key]}`
        more = (body as { more: boolean }).more
      }
      expect(ids, list).toHaveLength(5)
      expect(new Set(ids).size, list).toBe(5)
    }
  })

  it('reads one conversation and one request as their lists show them, also where a snapshot is too short for them', async () => {
    const { staff, own, server } = await startWorld()
    const { viewer } = staff
    const { conversations, requests } = (await viewer.call('GET', '/api/sites/alpha/inbox')).body as Record<string, unknown[]>
    const newer = { fields: { email: 'bea@customer.example', text: 'And mine?' }, shownMs: 9_000 }
    for (let count = 0; count < 200; count++) await server.parts.domain.chat.leaveRequest('alpha', null, { key: newId(), body: newer, address: null })
    const snapshot = (await viewer.call('GET', '/api/sites/alpha/inbox')).body as { requests: { id: string }[]; conversations: { c: string }[] }
    expect(snapshot.requests.map(({ id }) => id)).not.toContain(own.request)
    expect(snapshot.conversations.map(({ c }) => c)).not.toContain(own.conversation)
    expect((await viewer.call('GET', `/api/sites/alpha/requests/${own.request}`)).body).toEqual(requests?.[0])
    expect((await viewer.call('GET', `/api/sites/alpha/conversations/${own.conversation}`)).body).toEqual(conversations?.[0])

    const nowhere = await viewer.call('GET', `/api/sites/alpha/requests/${newId()}`)
    expect([nowhere.status, codeOf(nowhere)]).toEqual([404, 'not_found'])
    const gone = await viewer.call('GET', `/api/sites/alpha/conversations/c_${'A'.repeat(22)}`)
    expect([gone.status, codeOf(gone)]).toEqual([404, 'conversation_gone'])
  })

  it('says that he wants chats, and it is remembered', async () => {
    const { staff } = await startWorld()
    expect((await staff.agent.call('PUT', '/api/me/presence', { body: { available: true } })).body).toEqual({ available: true })
    expect((await staff.agent.call('GET', '/api/session')).body).toMatchObject({ available: true })
  })
})

describe('a site', () => {
  it('takes only origins as browsers write them', async () => {
    const { staff } = await startWorld()
    const good = ['https://shop.example', 'http://shop.example:8080', 'https://*.shop.example', 'loopback']
    expect((await staff.owner.call('PATCH', '/api/sites/alpha', { body: { origins: good } })).body).toMatchObject({ site: 'alpha', origins: good })
    for (const origin of [
      '*',
      'https://*',
      'https://shop.example/',
      'https://shop.example:443',
      'HTTPS://shop.example',
      'shop.example',
      'null',
      'javascript:x',
      'https://a*.shop.example',
      'https://user@shop.example'
    ]) {
      const answer = await staff.owner.call('PATCH', '/api/sites/alpha', { body: { origins: [origin] } })
      expect([answer.status, codeOf(answer)], origin).toEqual([400, 'invalid'])
    }
    expect((await staff.owner.call('GET', '/api/sites/alpha')).body).toMatchObject({ origins: good })
  })

  it('shows its widget to a new origin from then on, and not to one that is gone', async () => {
    const { staff, server } = await startWorld()
    const answerTo = async (origin: string): Promise<number> =>
      (await fetch(`${server.url}/v1/requests?site=alpha`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } }))
        .status
    expect(await answerTo('https://shop.example')).toBe(403)
    await staff.owner.call('PATCH', '/api/sites/alpha', { body: { origins: ['https://shop.example'] } })
    expect(await answerTo('https://shop.example')).toBeLessThan(300)
    expect(await answerTo('http://localhost:8080')).toBe(403)
  })
})
