import { describe, expect, it, vi } from 'vitest'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { startApiServer } from './api-server.js'
import { browserAt, codeOf } from './browser.js'

describe('health', () => {
  it('is good on a server that can commit', async () => {
    const server = await startApiServer()
    expect(await browserAt(server).call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await browserAt(server).call('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } })
  })

  it('asks the disk at most once a second, however often it is asked', async () => {
    const server = await startApiServer()
    const write = vi.fn()
    server.parts.db.onCommit(write)
    await Promise.all(Array.from({ length: 30 }, () => browserAt(server).call('GET', '/readyz')))
    expect(write.mock.calls.length).toBeLessThanOrEqual(2)
  })

  it('is not ready when nothing can be committed, and lives', async () => {
    const server = await startApiServer()
    await changeOnDisk(server.databasePath, ({ tx }) => tx.schema.alterTable('meta').renameTo('lost').execute())
    const ready = await browserAt(server).call('GET', '/readyz')
    expect([ready.status, codeOf(ready)]).toEqual([503, 'store_unavailable'])
    expect((await browserAt(server).call('GET', '/healthz')).status).toBe(200)
  })

  it('is over once the server is closed, however often that is said', async () => {
    const server = await startApiServer()
    await Promise.all([server.server.close(), server.server.close()])
    expect(server.server.address()).toBeNull()
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  })
})

describe('metrics', () => {
  it('count requests by route, events, writes and connections', async () => {
    const server = await startApiServer()
    await browserAt(server).call('GET', '/api/sites/some-site/inbox')
    const { text, headers } = await browserAt(server).call('GET', '/metrics')
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4')
    expect(text).toContain('porchlight_http_request_duration_seconds_count{method="GET",route="/api/sites/:site/inbox",status="401"} 1')
    for (const name of [
      'porchlight_store_write_duration_seconds_count',
      'porchlight_connections{kind="operator"} 0',
      'process_resident_memory_bytes'
    ]) {
      expect(text).toContain(name)
    }
    expect(text).not.toContain('some-site')
  })

  it('are for this machine only: whoever comes through a proxy finds nothing', async () => {
    const server = await startApiServer({ trustProxy: 1 })
    for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host']) {
      expect((await browserAt(server).call('GET', '/metrics', { headers: { [header]: '127.0.0.1' } })).status, header).toBe(404)
    }
    const fromAfar = await server.parts.app.inject({ url: '/metrics', remoteAddress: '203.0.113.5' })
    expect(fromAfar.statusCode).toBe(404)
  })
})
