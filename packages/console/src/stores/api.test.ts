import { isChatError } from '@porchlight/protocol'
import { describe, expect, it, vi } from 'vitest'
import { createApi } from './api.js'
import { readSetupState } from './read-rows.js'

function answering(status: number, body: unknown) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(body === undefined ? null : JSON.stringify(body), { status }))
  const onUnauthorized = vi.fn()
  return { api: createApi({ fetch, onUnauthorized }), fetch, onUnauthorized }
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.catch((reason: unknown) => reason)
  return isChatError(error) ? { code: error.code, afterMs: error.afterMs } : error
}

describe('the API', () => {
  it('marks what changes something, and sends the cookie to its own server only', async () => {
    const { api, fetch } = answering(200, {})
    await api.send({ method: 'PUT', path: '/api/me/presence', body: { available: true } })
    const [path, init] = fetch.mock.calls[0] ?? []
    expect(path).toBe('/api/me/presence')
    expect(init).toMatchObject({ method: 'PUT', credentials: 'same-origin', body: '{"available":true}' })
    expect(init?.headers).toEqual({ 'X-Porchlight': '1', 'Content-Type': 'application/json' })
  })

  it('takes an answer without a body', async () => {
    const { api } = answering(204, undefined)
    await expect(api.send({ method: 'DELETE', path: '/api/session' })).resolves.toBe(undefined)
  })

  it('gives what was asked for, without what it does not know', async () => {
    const { api } = answering(200, { needed: true, extra: 1 })
    await expect(api.get('/api/setup', readSetupState)).resolves.toEqual({ needed: true })
  })

  it('refuses an answer of another shape', async () => {
    const { api } = answering(200, { needed: 'yes' })
    expect(await failure(api.get('/api/setup', readSetupState))).toMatchObject({ code: 'invalid' })
  })

  it.each([
    [429, { error: { code: 'rate_limited', message: 'wait', after: 42_000 } }, { code: 'rate_limited', afterMs: 42_000 }],
    [403, { error: { code: 'a code of tomorrow', message: '' } }, { code: 'forbidden', afterMs: undefined }],
    [503, undefined, { code: 'store_unavailable', afterMs: undefined }],
    [418, 'tea', { code: 'internal', afterMs: undefined }]
  ])('reads a refusal with status %i', async (status, body, expected) => {
    expect(await failure(answering(status, body).api.get('/api/setup', readSetupState))).toEqual(expected)
  })

  it('reports that nobody is signed in, and nothing else', async () => {
    const out = answering(401, { error: { code: 'unauthorized', message: 'no' } })
    await failure(out.api.get('/api/session', readSetupState))
    expect(out.onUnauthorized).toHaveBeenCalledTimes(1)
    const not = answering(403, { error: { code: 'forbidden', message: 'no' } })
    await failure(not.api.get('/api/session', readSetupState))
    expect(not.onUnauthorized).not.toHaveBeenCalled()
  })

  it('calls a server that does not answer a network fault', async () => {
    const api = createApi({ onUnauthorized: () => {}, fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
    expect(await failure(api.get('/api/setup', readSetupState))).toMatchObject({ code: 'network' })
  })
})
