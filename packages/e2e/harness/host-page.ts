import { once } from 'node:events'
import { createServer } from 'node:http'

/** A customer's site: static pages from an origin of its own. */
export interface HostSite {
  readonly url: string
  readonly close: () => Promise<void>
}

/** A page of the host site. */
export interface HostPage {
  readonly html: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Serves the given pages by path. */
export async function serveHost(pages: Readonly<Record<string, HostPage>>): Promise<HostSite> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://host').pathname]
    // Browsers ask for an icon by themselves; a 404 would stand in the console that tests read.
    response.writeHead(page ? 200 : request.url === '/favicon.ico' ? 204 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers })
    response.end(page?.html ?? 'not found')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}

/** A long article with the script tag at its end. */
export function articleWith(tag: string, head = ''): string {
  const links = Array.from(
    { length: 40 },
    (_, index) => `<p><a href="#part-${index}">Part ${index} of the catalogue</a> and a sentence that goes on for a while.</p>`
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A shop</title>${head}</head><body><h1>A shop</h1>${links.join('')}${tag}</body></html>`
}
