import { describe, expect, it } from 'vitest'
import { sendRequest } from '../src/porchlight/requests.js'

const draft = { id: '01900000-0000-7000-8000-000000000001', fields: { email: 'ann@example.com', text: 'x' }, shownMs: 3_000, website: 'spam' }
const accepted = { id: draft.id, reference: '7K3M-9QXD', c: 'c_1', epoch: 'e1', seq: 1, state: 'new', createdAt: 5 }

function server(body: unknown, status = 200) {
  const calls: [string, RequestInit][] = []
  const fakeFetch = async (url: string, init: RequestInit) => {
    calls.push([url, init])
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  }
  return { calls, address: { server: 'https://x.example', site: 'shop', fetch: fakeFetch as unknown as typeof fetch } }
}

describe('leaving a request', () => {
  it('puts the key and the credential into headers, and neither into the address', async () => {
    const { calls, address } = server(accepted, 201)
    expect(await sendRequest(address, 'plv_secret', draft)).toEqual({ id: draft.id, reference: '7K3M-9QXD', c: 'c_1', createdAt: 5 })
    const [url, init] = calls[0]!
    expect(url).toBe('https://x.example/v1/requests?site=shop')
    expect(init.headers).toEqual({ 'content-type': 'application/json', 'idempotency-key': draft.id, authorization: 'Bearer plv_secret' })
    expect(JSON.parse(String(init.body))).toEqual({ fields: draft.fields, shownMs: 3_000, website: 'spam' })
  })

  it('passes on the credential of a new visitor', async () => {
    const { calls, address } = server({ ...accepted, token: 'plv_new' })
    expect(await sendRequest(address, undefined, draft)).toMatchObject({ token: 'plv_new' })
    expect(calls[0]![1].headers).not.toHaveProperty('authorization')
  })

  it('says which fields the server refused', async () => {
    const fields = [
      { field: 'fields.email', problem: 'is not an address' },
      { field: 'fields.text', problem: 'is empty' },
      { field: 'locale', problem: 'x' }
    ]
    const { address } = server({ error: { code: 'invalid', message: 'x', fields } }, 400)
    expect(await sendRequest(address, undefined, draft)).toEqual({ problems: { email: 'email', text: 'invalid' } })
  })

  it.each([
    [{ error: { code: 'id_conflict', message: 'x' } }, 409, { code: 'id_conflict' }],
    [{ error: { code: 'rate_limited', message: 'x', after: 700 } }, 429, { code: 'rate_limited', afterMs: 700 }],
    [{ error: { code: 'of_tomorrow', message: 'x' } }, 422, { code: 'invalid', retry: 'never' }],
    ['<html>', 502, { code: 'internal', retry: 'later' }],
    ['<html>', 200, { code: 'internal', retry: 'later' }]
  ])('takes %j with %i for %j', async (body, status, error) => {
    const { address } = server(body, status)
    await expect(sendRequest(address, undefined, draft)).rejects.toMatchObject(error)
  })

  it('that does not get through may be tried again', async () => {
    const address = { server: 'https://x.example', site: 'shop', fetch: () => Promise.reject(new TypeError('failed')) }
    await expect(sendRequest(address, undefined, draft)).rejects.toMatchObject({ code: 'network' })
  })
})
