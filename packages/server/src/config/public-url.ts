import { Unexpected } from './variables.js'

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** An origin: https anywhere, plain http on this machine only, because the session cookie would cross the network in the clear. */
export function readPublicUrl(value: string): string {
  const url = parsed(value)
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && `${url.origin}/` === url.href
  if (!url || !isOrigin) throw new Unexpected('an origin such as https://chat.example.com, without path, query or user')
  if (url.protocol === 'http:' && !loopbackNames.includes(url.hostname)) {
    throw new Unexpected('https, since plain http is for localhost, 127.0.0.1 and [::1] only')
  }
  return url.origin
}

function parsed(value: string): URL | null {
  try {
    return new URL(value)
  } catch {
    return null
  }
}

/**
 * What is wrong with listening on a host, or null: others may reach the server only by the https address that the public URL names,
 * because the session cookie and every text would cross the network in the clear.
 */
export function exposureFault(host: string, publicUrl: string | undefined): string | null {
  if (isLocalHost(host) || publicUrl?.startsWith('https:')) return null
  return `HOST is "${host}", which other machines can reach: expected PORCHLIGHT_PUBLIC_URL to name the https address that browsers use`
}

function isLocalHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
