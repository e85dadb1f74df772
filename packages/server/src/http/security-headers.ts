import type { FastifyInstance } from 'fastify'
import type { OwnOrigin } from '../auth/own-origin.js'

/** What every answer says unless its route says otherwise: nothing here is a page, a frame, or somebody else's to embed. */
export function useSecurityHeaders(app: FastifyInstance, ownOrigin: OwnOrigin): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-request-id': request.id
    })
    if (ownOrigin.isSecure) reply.header('strict-transport-security', 'max-age=31536000')
  })
}

/**
 * Policy of a page of ours: its own scripts and styles, its own server, no HTML sink at all.
 *
 * @param authority Host and port of the server as the page sees it. Named besides `'self'`, which older engines do not stretch to sockets.
 */
export function pagePolicy({ isSecure, authority }: { readonly isSecure: boolean; readonly authority: string | null }): string {
  const socket = authority === null ? '' : ` ${isSecure ? 'wss' : 'ws'}://${authority}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    `connect-src 'self'${socket}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'"
  ].join('; ')
}
