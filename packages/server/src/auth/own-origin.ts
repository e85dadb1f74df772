/** The headers that say where a request comes from. Node joins none of them. */
interface OriginHeaders {
  readonly origin?: string | undefined
  readonly host?: string | undefined
  readonly 'sec-fetch-site'?: string | string[] | undefined
}

/** Knows the server's own origin. */
export interface OwnOrigin {
  readonly isSecure: boolean
  /** Whether an `Origin` is the server's own. `host` is the request's `Host` header, believed only when it names this machine. */
  readonly isOwn: (origin: string, host: string | undefined) => boolean
  /** Whether a browser says that a page of ours made this request. A request without a word about it is not. */
  readonly isFromOwnPage: (headers: OriginHeaders) => boolean
  /** Host and port of the console as a page there sees them; null when the `Host` header names another server. */
  readonly authority: (host: string | undefined) => string | null
}

const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i

/** Whether a `Host` header names this machine by a name that nobody else can give away. */
export function isLoopbackHost(host: string | undefined): host is string {
  return host !== undefined && loopbackHost.test(host)
}

/**
 * The server's own origin: exactly the public URL where one is set; without one, whatever loopback name the browser used, at the
 * port it used. So neither a forged `Host` nor a name that somebody points at 127.0.0.1 becomes ours.
 *
 * @param publicUrl An origin such as `https://chat.example.com`.
 */
export function createOwnOrigin(publicUrl: string | undefined): OwnOrigin {
  const own = publicUrl === undefined ? undefined : new URL(publicUrl)

  function isOwn(origin: string, host: string | undefined): boolean {
    if (own) return origin === own.origin
    return isLoopbackHost(host) && origin === `http://${host}`
  }

  function authority(host: string | undefined): string | null {
    if (own) return isHostOf(own, host) ? own.host : null
    return isLoopbackHost(host) ? host : null
  }

  return {
    isSecure: own?.protocol === 'https:',
    isOwn,
    isFromOwnPage({ origin, host, 'sec-fetch-site': site }) {
      if ((origin === undefined && site === undefined) || authority(host) === null) return false
      return (origin === undefined || isOwn(origin, host)) && (site === undefined || site === 'same-origin')
    },
    authority
  }
}

/** Browsers leave a default port out; some proxies write it. */
function isHostOf({ host, hostname, protocol }: URL, named: string | undefined): boolean {
  const name = named?.toLowerCase()
  return name === host || name === `${hostname}:${protocol === 'https:' ? 443 : 80}`
}
