import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signIn } from '../faults/owner-session.js'
import { owner, runServer } from './server-process.js'

/** More than the operators of any scene. */
const sessionCount = 4

/**
 * Before the tests of a project: a data folder as an owner leaves it who has started the server and signed in, for every server of the run to begin with a copy of. A password costs a second
 * of a processor each time it is hashed or checked, which would be half of a browser test; what is tested of it has tests that start from nothing.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-prepared-'))
  const server = runServer({
    PORCHLIGHT_DATA: join(folder, 'data'),
    PORCHLIGHT_DEMO: '1',
    PORCHLIGHT_OWNER_EMAIL: owner.email,
    PORCHLIGHT_OWNER_PASSWORD: owner.password
  })
  const [, url = ''] = await server.printed(/Porchlight is on at (http:\/\/\S+)/)
  const sessions = await Promise.all(Array.from({ length: sessionCount }, () => signIn(url, owner)))
  await writeFile(join(folder, 'sessions.json'), JSON.stringify(sessions.map(({ cookie }) => cookie())))
  server.kill('SIGTERM')
  await server.ended
  process.env['PORCHLIGHT_TEST_DATA'] = folder
  return () => rm(folder, { recursive: true, force: true })
}
