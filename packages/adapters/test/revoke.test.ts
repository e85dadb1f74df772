import { expect, it } from 'vitest'
import { porchlightAdapter } from '../src/porchlight/porchlight-adapter.js'

function aServer(answer: () => Promise<Response>) {
  const calls: [string, RequestInit][] = []
  const ask = (url: string, init: RequestInit) => {
    calls.push([url, init])
    return answer()
  }
  const adapter = porchlightAdapter({ server: 'https://x.example/', site: 'shop', WebSocket: null, fetch: ask as unknown as typeof fetch })
  return { calls, revoke: async (saved: unknown) => adapter.revoke?.(saved) }
}
const done = async () => new Response(null, { status: 204 })

it('a visit is ended with the credential in a header, without cookies, also when the page is left meanwhile', async () => {
  const { calls, revoke } = aServer(done)
  await revoke({ token: 'plv_secret' })
  expect(calls).toEqual([
    [
      'https://x.example/v1/session?site=shop',
      { method: 'DELETE', headers: { authorization: 'Bearer plv_secret' }, keepalive: true, credentials: 'omit' }
    ]
  ])
})

it.each([null, undefined, 'plv_secret', { token: 7 }, { ticket: 'plt_x' }])('what holds no credential, as %j, is not asked about', async (saved) => {
  const { calls, revoke } = aServer(done)
  await revoke(saved)
  expect(calls).toEqual([])
})

it.each([
  ['that is refused', async () => new Response('<html>', { status: 503 })],
  ['that reaches nobody', () => Promise.reject(new TypeError('failed'))]
])('a call %s is a ChatError without the credential in it', async (_, answer) => {
  const error: unknown = await aServer(answer)
    .revoke({ token: 'plv_secret' })
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'network', retry: 'later' })
  expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toContain('plv_secret')
})
