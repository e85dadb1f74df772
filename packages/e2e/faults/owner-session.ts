/** An owner who is signed in at a server. */
export interface OwnerSession {
  /** Calls the API as the console does. Rejects when it is refused. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>
  /** Its cookie, as `name=value`. */
  readonly cookie: () => string
  /** For an adapter's `credential`. */
  readonly ticketFor: (site: string) => () => Promise<{ readonly ticket: string }>
}

/** Signs in at the server at `origin`; with the cookie of a sign-in that stands already, goes on with that. */
export async function signIn(
  origin: string,
  owner: { readonly email: string; readonly password: string },
  session: string | undefined = undefined
): Promise<OwnerSession> {
  let cookie = session ?? ''
  const call: OwnerSession['call'] = async (method, path, body) => {
    const response = await fetch(origin + path, {
      method,
      // A kept connection would be one of the server before.
      headers: { origin, cookie, 'x-porchlight': '1', 'content-type': 'application/json', connection: 'close' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? cookie
    return response.status === 204 ? undefined : response.json()
  }
  if (session === undefined) await call('POST', '/api/session', owner)
  return { call, cookie: () => cookie, ticketFor: (site) => () => call('POST', '/api/tickets', { site }) as Promise<{ readonly ticket: string }> }
}
