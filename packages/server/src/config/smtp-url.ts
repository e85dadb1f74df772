import type { SmtpServer } from '../mail/mail-settings.js'
import { Unexpected } from './variables.js'

const shape = 'a URL such as smtps://user:password@mail.example.com'

/**
 * The mail server to hand mail to: `smtps://` speaks TLS from the first byte (port 465), `smtp://` begins in the clear (port 587). User and password
 * are percent-encoded. Nothing that it throws quotes the URL, since it may hold a password.
 */
export function readSmtpUrl(value: string): SmtpServer {
  const url = parsed(value)
  if (!url) throw unexpected('this one cannot be read')
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') throw unexpected('this one begins neither with smtp:// nor with smtps://')
  if (url.hostname === '') throw unexpected('this one names no server')
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') throw unexpected('this one goes on after the server and its port')
  if ((url.username === '') !== (url.password === '')) throw unexpected('this one has a user or a password without the other')
  const isSecure = url.protocol === 'smtps:'
  const server = { host: hostOf(url), port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port), isSecure }
  return url.username === '' ? server : { ...server, account: { user: decoded(url.username), password: decoded(url.password) } }
}

function unexpected(why: string): Unexpected {
  return new Unexpected(`${shape}, since ${why}`, { isSecret: true })
}

function parsed(value: string): URL | null {
  try {
    return new URL(value)
  } catch {
    return null
  }
}

/** As sockets take it: an IPv6 address without its brackets. */
function hostOf({ hostname }: URL): string {
  return decoded(hostname).replace(/^\[(.*)\]$/, '$1')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw unexpected('a percent sign in this one is followed by no two hexadecimal digits')
  }
}
