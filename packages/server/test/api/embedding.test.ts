import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createServer } from '../../src/index.js'
import { passwordCost } from './api-server.js'

let dataFolder: string

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'porchlight-embed-'))
  return () => rm(dataFolder, { recursive: true, force: true })
})

describe('a server made by a program', () => {
  it('listens on a free port, tells where, and can be one of several', async () => {
    const [one, other] = await Promise.all(['a', 'b'].map((name) => createServer({ dataFolder: join(dataFolder, name), port: 0, passwordCost })))
    const { url, port } = (await one?.listen()) ?? { url: '', port: 0 }
    expect(url).toBe(`http://127.0.0.1:${port}`)
    expect((await other?.listen())?.port).not.toBe(port)
    expect(one?.address()).toEqual({ host: '127.0.0.1', port, url })
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    await Promise.all([one?.close(), other?.close()])
    expect(one?.address()).toBeNull()
  })

  it('keeps to the rules of the environment', async () => {
    const refused = [
      { host: '0.0.0.0' },
      { host: '0.0.0.0', publicUrl: 'http://localhost:4700' },
      { publicUrl: 'https://chat.example.com/' },
      { publicUrl: 'http://chat.example.com' },
      { publicUrl: 'chat' }
    ]
    for (const options of refused)
      await expect(createServer({ dataFolder, ...options })).rejects.toMatchObject({ message: expect.stringMatching(/public.?url|https/i) })
    await expect(createServer({ dataFolder, owner: { email: 'olive@alpha.example', password: 'short' } })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('that could not be made leaves the folder to the next one', async () => {
    await expect(createServer({ dataFolder, passwordCost, owner: { email: 'olive@alpha.example', password: 'short' } })).rejects.toThrow()
    const server = await createServer({ dataFolder, port: 0, passwordCost })
    expect(server.setupToken).toMatch(/^plo_/)
    await server.close()
  })

  it('can be closed without ever having listened', async () => {
    const server = await createServer({ dataFolder, passwordCost })
    await server.close()
    expect(server.address()).toBeNull()
  })
})
