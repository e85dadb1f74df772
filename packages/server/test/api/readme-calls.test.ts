import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { ownerEmail, ownerPassword, startApiServer } from './api-server.js'
import { browserAt } from './browser.js'

interface WrittenCall {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

/** The calls in the section about a site of one's own, in their order. */
async function writtenCalls(): Promise<readonly WrittenCall[]> {
  const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const found = text.matchAll(/^call (?:-X (\w+) )?"\$SERVER(\/[^"]*)"(?: -d '([^']*)')?/gm)
  return [...found].map(([, method, path = '', body]) => ({ method: method ?? (body === undefined ? 'GET' : 'POST'), path, body }))
}

it('the calls that the README gives for a site of one’s own work, one after the other', async () => {
  const server = await startApiServer()
  const [signIn, ...calls] = await writtenCalls()
  expect(signIn).toMatchObject({ method: 'POST', path: '/api/session' })
  expect(Object.keys(JSON.parse(signIn?.body ?? '') as object)).toEqual(['email', 'password'])
  const owner = browserAt(server)
  await owner.signIn(ownerEmail, ownerPassword)

  const answers = []
  for (const { method, path, body } of calls) answers.push((await owner.call(method, path, body === undefined ? {} : { body })).status)
  expect(answers).toEqual([201, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 201, 201, 201, 200, 204])
  const colleague = JSON.parse(calls.find(({ path }) => path.endsWith('/operators'))?.body ?? '') as {
    readonly email: string
    readonly password: string
  }
  expect((await browserAt(server).signIn(colleague.email, colleague.password)).body).toMatchObject({
    sites: expect.arrayContaining([
      expect.objectContaining({ site: 'shop', role: 'agent' }),
      expect.objectContaining({ site: 'blog', role: 'viewer' })
    ])
  })
})
