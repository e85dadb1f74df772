import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startApiServer } from './api-server.js'
import { browserAt, codeOf } from './browser.js'

const forever = 'public, max-age=31536000, immutable'

/** A build of the widget with compressed copies. */
async function buildWidget(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-widget-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'assets'))
  for (const name of ['porchlight.js', 'assets/panel-a1b2c3d4.js']) {
    const content = Buffer.from(`// ${name} ${'and so on '.repeat(50)}`)
    await writeFile(join(folder, name), content)
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(content))
    await writeFile(join(folder, `${name}.gz`), gzipSync(content))
  }
  return folder
}

describe('the widget’s files', () => {
  it('may be loaded by any page, also an isolated one, and are cached as long as their names allow', async () => {
    const server = await startApiServer({ folders: { widget: await buildWidget() } })
    const caches = {
      '/v1/porchlight.js': 'public, max-age=300, stale-while-revalidate=86400',
      '/v1/assets/panel-a1b2c3d4.js': forever
    }
    for (const [path, cache] of Object.entries(caches)) {
      const { status, headers, text } = await browserAt(server).call('GET', path)
      expect(status, path).toBe(200)
      expect(headers.get('cache-control'), path).toBe(cache)
      expect(headers.get('access-control-allow-origin'), path).toBe('*')
      expect(headers.get('cross-origin-resource-policy'), path).toBe('cross-origin')
      expect(headers.get('content-type'), path).toMatch(/^(text|application)\/javascript; charset=utf-8$/)
      expect(headers.get('set-cookie'), path).toBeNull()
      expect(text, path).toContain(path.replace('/v1/', ''))
    }
  })

  it('come compressed to those who can read it, and plain to others', async () => {
    const server = await startApiServer({ folders: { widget: await buildWidget() } })
    for (const path of ['/v1/porchlight.js', '/v1/assets/panel-a1b2c3d4.js']) {
      const plain = await (await fetch(server.url + path, { headers: { 'accept-encoding': 'identity' } })).text()
      for (const [accepted, coding] of [
        ['gzip, deflate, br, zstd', 'br'],
        ['gzip', 'gzip'],
        ['br;q=0, gzip', 'gzip'],
        ['identity', null],
        ['deflate', null]
      ]) {
        const answer = await fetch(server.url + path, { headers: { 'accept-encoding': accepted ?? '' } })
        expect(answer.headers.get('content-encoding'), `${path} ${accepted}`).toBe(coding)
        expect(answer.headers.get('vary')?.toLowerCase(), `${path} ${accepted}`).toContain('accept-encoding')
        expect(await answer.text(), `${path} ${accepted}`).toBe(plain)
      }
    }
  })

  it('are not sent again to those who have them', async () => {
    const server = await startApiServer({ folders: { widget: await buildWidget() } })
    for (const path of ['/v1/porchlight.js', '/v1/assets/panel-a1b2c3d4.js', '/console']) {
      const first = await server.parts.app.inject({ url: path })
      const again = await server.parts.app.inject({ url: path, headers: { 'if-none-match': String(first.headers['etag']) } })
      expect([first.statusCode, again.statusCode], path).toEqual([200, 304])
    }
  })

  it('of the release before still answer after an update', async () => {
    const before = await startApiServer()
    await before.server.close()
    const widget = await buildWidget()
    const after = await startApiServer({ dataFolder: before.dataFolder, folders: { widget } })
    expect((await browserAt(after).call('GET', '/v1/assets/panel-a1b2c3d4.js')).status).toBe(200)
    await rm(join(widget, 'assets'), { recursive: true })
    expect((await browserAt(after).call('GET', '/v1/assets/panel-a1b2c3d4.js')).status).toBe(200)
  })

  it('lead nowhere else in the data folder', async () => {
    const server = await startApiServer()
    for (const path of ['..%2fassets.json', '%2e%2e/assets.json', '..%5cassets.json', '..%2fporchlight.db', '', '.', '%00', 'x%00.js']) {
      const answer = await browserAt(server).call('GET', `/v1/assets/${path}`)
      expect(answer.status, path).toBeGreaterThanOrEqual(400)
      expect(answer.status, path).toBeLessThan(500)
    }
  })

  it('that were never built are said to be missing, with what to do', async () => {
    const server = await startApiServer({ folders: { widget: '/nowhere', console: '/nowhere' } })
    for (const path of ['/v1/porchlight.js', '/console']) {
      const answer = await browserAt(server).call('GET', path)
      expect([answer.status, codeOf(answer)]).toEqual([503, 'store_unavailable'])
      expect(answer.text).toContain('npm run build')
    }
  })
})

describe('the console', () => {
  it('runs nothing but its own files, and in no frame', async () => {
    const server = await startApiServer({ publicUrl: 'https://chat.example.com' })
    const host = 'chat.example.com'
    const { headers } = await server.parts.app.inject({ url: '/console', headers: { host } })
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self' wss://chat.example.com; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    const asset = await server.parts.app.inject({ url: '/console/assets/main-a1b2c3d4.js', headers: { host } })
    expect(asset.headers['cache-control']).toBe(forever)
  })

  it('puts no host of the caller’s choice into its policy', async () => {
    const server = await startApiServer()
    const policyFor = async (host: string): Promise<string> =>
      (await server.parts.app.inject({ url: '/console', headers: { host } })).headers['content-security-policy'] as string
    expect(await policyFor('localhost:4700')).toContain("connect-src 'self' ws://localhost:4700;")
    for (const host of ['evil.example', "localhost:4700; script-src 'unsafe-inline'", 'localhost.evil.example']) {
      expect(await policyFor(host)).toBe("default-src 'none'; frame-ancestors 'none'")
    }
  })
})

describe('the demo shop', () => {
  it('is an ordinary page with one tag, without inline code or anything from elsewhere', async () => {
    const server = await startApiServer({ isDemo: true })
    const page = await browserAt(server).call('GET', '/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.text).toContain('<script async src="/v1/porchlight.js" data-site="demo"></script>')
    expect(page.text).not.toMatch(/<style|style=|\son\w+=|<script>|(?:src|href)="(?:https?:)?\/\//)
    const css = await browserAt(server).call('GET', '/shop.css')
    expect(css.text).not.toMatch(/url\(|@import/)
    for (const [, path] of page.text.matchAll(/(?:src|href)="(\/[^"#]+)"/g)) {
      expect((await browserAt(server).call('GET', path ?? '')).status, path).toBe(200)
    }
  })

  it('names its icon, so that no browser asks for one that is not there', async () => {
    const server = await startApiServer({ isDemo: true })
    const { text } = await browserAt(server).call('GET', '/')
    const path = /<link rel="icon" type="image\/svg\+xml" href="(\/[^"]+)">/.exec(text)?.[1] ?? '/favicon.ico'
    const icon = await browserAt(server).call('GET', path)
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(icon.text).not.toMatch(/<script|<style|\son\w+=|data:/)
  })

  it('is not there unless asked for, nor is its site', async () => {
    const server = await startApiServer()
    expect((await browserAt(server).call('GET', '/')).status).toBe(404)
    expect(server.parts.domain.sites.get('demo')).toBeUndefined()
  })

  it('has a site for every page on this machine, with room for seven chats', async () => {
    const server = await startApiServer({ isDemo: true })
    expect(server.parts.domain.sites.get('demo')).toMatchObject({ origins: ['loopback'], capacity: 7 })
  })

  it('that comes to a server in use belongs to its owners, and stays as they set it', async () => {
    const first = await startApiServer()
    await first.server.close()
    const second = await startApiServer({ dataFolder: first.dataFolder, isDemo: true })
    const owner = browserAt(second)
    expect((await owner.signIn('olive@alpha.example', 'a quiet porch light')).body).toMatchObject({ sites: [{ site: 'demo', role: 'owner' }] })
    await owner.call('PATCH', '/api/sites/demo', { body: { name: 'Our own name' } })
    await second.server.close()
    const third = await startApiServer({ dataFolder: first.dataFolder, isDemo: true })
    expect(third.parts.domain.sites.get('demo')).toMatchObject({ name: 'Our own name', capacity: 7 })
  })
})

it('a compressed copy is what the build made, not made again', async () => {
  const widget = await buildWidget()
  const server = await startApiServer({ folders: { widget } })
  const stored = await readFile(join(widget, 'porchlight.js.br'))
  const answer = await server.parts.app.inject({ url: '/v1/porchlight.js', headers: { 'accept-encoding': 'br' } })
  expect(answer.rawPayload.equals(stored)).toBe(true)
  expect(brotliDecompressSync(answer.rawPayload).toString()).toContain('// porchlight.js')
})
