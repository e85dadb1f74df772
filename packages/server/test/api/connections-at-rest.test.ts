import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { commands } from '../../src/writer/commands.js'
import { type ApiServer, startApiServer } from './api-server.js'

async function socketTo({ url }: ApiServer): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

it.each([
  ['says nothing, as browsers open them in advance,', ''],
  ['stops in the middle of its request', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1']
])('a server that is asked to stop does not wait for a connection that %s', async (_, words) => {
  const api = await startApiServer()
  const socket = await socketTo(api)
  socket.write(words)
  const arrived = once(api.parts.app.server, 'connection')
  // A later connection comes after what the first one said.
  const later = await socketTo(api)
  await arrived
  const ended = [socket, later].map((each) => once(each.resume(), 'close'))
  await api.server.close()
  await Promise.all(ended)
})

it('a request that is under way is answered before the server has stopped', async () => {
  const api = await startApiServer()
  let goOn: () => void = () => {}
  const isReady = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const isBegun = new Promise<void>((resolve) => {
    api.parts.app.server.prependListener('request', () => resolve())
  })
  const slow = vi.spyOn(commands, 'meta.noteReady').mockReturnValueOnce(isReady)
  onTestFinished(() => slow.mockRestore())
  void api.parts.db.write('meta.noteReady', null)
  const answer = fetch(`${api.url}/api/session`, {
    method: 'POST',
    headers: { origin: api.url, 'x-porchlight': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'olive@alpha.example', password: 'a quiet porch light' })
  })
  await isBegun
  const closing = api.server.close()
  goOn()
  expect((await answer).status).toBe(201)
  await (await answer).text()
  await closing
})
