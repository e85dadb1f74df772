import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Ends each connection on which nothing is under way as soon as the application closes, and the others after their answer. Node waits for
 * connections that browsers opened in advance, for requests that never come whole, and for one that is kept alive after the last answer.
 */
export function endConnectionsAtRest(app: FastifyInstance): void {
  const { server } = app
  const atRest = new Set<Socket>()
  let isClosing = false

  server.on('connection', (socket: Socket) => {
    atRest.add(socket)
    socket.once('close', () => atRest.delete(socket))
  })
  server.prependListener('upgrade', ({ socket }: IncomingMessage) => atRest.delete(socket))
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    atRest.delete(socket)
    response.once('close', () => {
      if (isClosing) socket.destroySoon()
      else if (!socket.destroyed) atRest.add(socket)
    })
  })
  app.addHook('preClose', async () => {
    isClosing = true
    for (const socket of atRest) socket.destroy()
  })
}
