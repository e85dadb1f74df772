import { expect, it } from 'vitest'
import { withSources } from './with-sources.mjs'

it('a module that is loaded from source may import another one later, as the adapter does with its way over HTTP', async () => {
  const ended = await withSources('packages/adapters/src/porchlight/porchlight-adapter.ts', async ({ porchlightAdapter }) => {
    const refuse = async () => {
      throw new TypeError('nobody is there')
    }
    const adapter = porchlightAdapter({ server: 'http://127.0.0.1:1', site: 'shop', WebSocket: null, fetch: refuse })
    const context = { signal: new AbortController().signal, emit: () => undefined, saved: undefined, device: 'A'.repeat(22), logs: [] }
    return adapter.connect(context).catch((/** @type {Error} */ error) => error.message)
  })
  expect(ended).not.toMatch(/no HTTP fallback/)
  expect(ended).toMatch(/\w/)
}, 60_000)
