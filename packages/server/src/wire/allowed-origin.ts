/** Any port of this machine: for sites that are only tried out. */
const loopback = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/

/**
 * Whether a site's allow-list holds an origin, as a browser writes it (RFC 6454, 6.2): scheme, host and port are compared exactly.
 * `https://*.example.com` stands for one more label, `loopback` for every origin on this machine. `null` is nobody's origin.
 */
export function isAllowedOrigin(allowed: readonly string[], origin: string): boolean {
  return allowed.some((entry) => {
    if (entry === 'loopback') return loopback.test(origin)
    return entry.includes('://*.') ? isSubdomain(entry, origin) : entry === origin && origin !== 'null'
  })
}

function isSubdomain(entry: string, origin: string): boolean {
  const [scheme = '', parent = ''] = entry.split('*')
  if (!origin.startsWith(scheme) || !origin.endsWith(parent)) return false
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(origin.slice(scheme.length, origin.length - parent.length))
}
