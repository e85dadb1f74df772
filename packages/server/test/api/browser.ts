import type { ErrorBody, Role } from '@porchlight/protocol'
import { type ApiServer, ownerEmail, ownerPassword } from './api-server.js'

/** An answer with its body read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: unknown
}

/** One request; headers given here replace those that the console sends, and null takes one away. */
export interface Call {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string | null>>
}

/** A browser with the console open: it keeps the cookie and sends what the console sends. */
export interface Browser {
  readonly call: (method: string, path: string, call?: Call) => Promise<Answer>
  readonly signIn: (email: string, password: string) => Promise<Answer>
  readonly cookie: () => string | null
}

/** A browser that looks at a server. */
export function browserAt({ url }: Pick<ApiServer, 'url'>): Browser {
  let cookie: string | null = null

  async function call(method: string, path: string, { body, headers = {} }: Call = {}): Promise<Answer> {
    const isChange = !['GET', 'HEAD'].includes(method)
    const sent: Record<string, string | null> = {
      ...(isChange ? { origin: url, 'x-porchlight': '1', 'sec-fetch-site': 'same-origin' } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      cookie,
      ...headers
    }
    const answer = await fetch(url + path, {
      method,
      headers: Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== null),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
    })
    for (const line of answer.headers.getSetCookie()) cookie = line.split(';', 1)[0] ?? null
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, body: isJson(answer) && text !== '' ? JSON.parse(text) : null }
  }

  return { call, cookie: () => cookie, signIn: (email, password) => call('POST', '/api/session', { body: { email, password } }) }
}

function isJson(answer: Response): boolean {
  return answer.headers.get('content-type')?.startsWith('application/json') === true
}

/** The code of an error answer. */
export function codeOf(answer: Answer): string | undefined {
  return (answer.body as ErrorBody | null)?.error?.code
}

/** The owner that the configuration names, signed in. */
export async function ownerAt(server: ApiServer): Promise<Browser> {
  const browser = browserAt(server)
  await succeed(browser.signIn(ownerEmail, ownerPassword))
  return browser
}

/** Password of everybody but the owner. */
export const staffPassword = 'kettle orbit mural'

/** Puts an operator on a site and signs him in. */
export async function hire(server: ApiServer, owner: Browser, { site, role }: { readonly site: string; readonly role: Role }): Promise<Browser> {
  const email = `${role}@${site}.example`
  await succeed(owner.call('POST', `/api/sites/${site}/operators`, { body: { email, name: `${role} of ${site}`, role, password: staffPassword } }))
  const browser = browserAt(server)
  await succeed(browser.signIn(email, staffPassword))
  return browser
}

/** Makes a site that any page on this machine may use. */
export async function makeSite(owner: Browser, site: string): Promise<void> {
  await succeed(owner.call('POST', '/api/sites', { body: { site, name: site, origins: ['loopback'] } }))
}

/** The body of an answer that has to be good. */
export async function succeed(pending: Promise<Answer>): Promise<unknown> {
  const answer = await pending
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`)
  return answer.body
}
