import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accessTo, type SiteAccess, type SiteAccessOptions, siteNamed } from '../../wire/site-access.js'

/** How long a browser may remember a preflight, in seconds. */
const preflightSeconds = 600

/** Where a request comes from, once it was let in. */
export type Door = (request: FastifyRequest) => SiteAccess

/**
 * Lets in only pages that a site allows, and tells browsers so: the exact origin, never a wildcard, never with cookies. The header is
 * set before anything else can fail, so that a page may read why it was refused. Whoever is not let in may read that, too: words that are
 * the same for everybody. A preflight is refused to him without a header, so that he can send none of ours.
 */
export function useDoor(scope: FastifyInstance, options: SiteAccessOptions): Door {
  const accesses = new WeakMap<FastifyRequest, SiteAccess>()
  scope.addHook('onRequest', async (request, reply) => {
    reply.headers({ vary: 'Origin', 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' })
    const access = letIn(options, request, reply)
    accesses.set(request, access)
    if (request.headers.origin !== undefined) reply.header('access-control-allow-origin', access.origin)
  })
  return (request) => accesses.get(request) as SiteAccess
}

function letIn(options: SiteAccessOptions, request: FastifyRequest, reply: FastifyReply): SiteAccess {
  try {
    return accessOf(options, request)
  } catch (refusal) {
    if (request.method !== 'OPTIONS') reply.header('access-control-allow-origin', '*')
    throw refusal
  }
}

function accessOf(options: SiteAccessOptions, { headers, method, query }: FastifyRequest): SiteAccess {
  const { site } = query as { readonly site?: unknown }
  // Browsers leave `Origin` out of a GET to the page's own origin, and say so in a header that no page can forge (W3C Fetch Metadata).
  const isOwnGet = method === 'GET' && headers.origin === undefined && headers['sec-fetch-site'] === 'same-origin'
  return isOwnGet ? { site: siteNamed(options, site), origin: '', isOwnOrigin: true } : accessTo(options, site, headers)
}

/** Answers the browser's question whether a page may send a method with our headers. */
export function addPreflight(scope: FastifyInstance, path: string, methods: string): void {
  scope.options(path, async (_, reply: FastifyReply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': 'authorization, content-type, idempotency-key',
        'access-control-max-age': preflightSeconds
      })
      .send()
  )
}

/** The credential of a request, if it has one. */
export function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
}
