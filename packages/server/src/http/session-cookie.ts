import '@fastify/cookie'
import type { OwnOrigin } from '../auth/own-origin.js'
import { sessionLife } from '../store/session-store.js'
import type { SessionCookie } from './api-context.js'

/**
 * The cookie of a sign-in, for this host only and never for a script: `__Host-porchlight` over https. Over plain http on this machine
 * it is `porchlight-dev`, because WebKit drops secure cookies there and the prefix asks for one.
 */
export function createSessionCookie({ isSecure }: OwnOrigin): SessionCookie {
  const name = isSecure ? '__Host-porchlight' : 'porchlight-dev'
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const
  return {
    read: (request) => request.cookies[name] ?? null,
    set: (reply, value) => void reply.setCookie(name, value, { ...attributes, maxAge: sessionLife.absoluteMs / 1000 }),
    clear: (reply) => void reply.clearCookie(name, attributes)
  }
}
