import { domainToASCII } from 'node:url'
import { isMailAddress } from '@porchlight/protocol'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Letter } from './letter.js'
import { MailFault } from './mail-fault.js'
import type { SmtpServer } from './mail-settings.js'

/** Hands one letter over. Resolves when the other side has taken it; rejects when it did not, or nobody knows. */
export type SendLetter = (letter: Letter, signal: AbortSignal) => Promise<void>

/** How long a connection may take to stand, and to be greeted. */
const connectTimeoutMs = 30_000
/** RFC 5321, 4.5.3.2: five minutes for most answers. A shorter wait doubles mails, since the other side may just have taken one. */
const answerTimeoutMs = 300_000
/** Whoever does not close after QUIT is left. */
const closeTimeoutMs = 1_000

/** Speaks SMTP, a connection a letter: what is to be sent is seldom, and nothing stays open meanwhile. */
export function createSmtpTransport(server: SmtpServer): SendLetter {
  return async (letter, signal) => {
    // Checked here once more, whatever was checked on the way: behind this line a second address would be a second recipient.
    if (!isMailAddress(letter.to) || !isMailAddress(letter.from.address)) throw new MailFault('no single address', { isFinal: true })
    const message = await build(letter)
    const connection = open(server)
    try {
      await handOver(connection, { server, letter, message, signal })
      connection.quit()
    } finally {
      connection.close()
    }
  }
}

/** Text and headers as bytes. Every part is given as what it is; nothing is read out of a text, and nothing is fetched. */
function build({ id, from, to, subject, text, atMs, autoSubmitted }: Letter): Promise<Buffer> {
  const composer = new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    text,
    date: new Date(atMs),
    messageId: `<${id}@${asciiDomainOf(from.address)}>`,
    headers: { 'Auto-Submitted': autoSubmitted },
    disableFileAccess: true,
    disableUrlAccess: true
  })
  return composer.compile().build()
}

function open({ host, port, isSecure, account }: SmtpServer): SMTPConnection {
  const isHere = host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
  return new SMTPConnection({
    host,
    port,
    secure: isSecure,
    // What never leaves the machine needs no certificate, and relays on it seldom have one that anybody signed.
    ignoreTLS: isHere,
    requireTLS: !isSecure && !isHere && account !== undefined,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: answerTimeoutMs,
    socketCloseTimeout: closeTimeoutMs
  })
}

interface HandOver {
  readonly server: SmtpServer
  readonly letter: Letter
  readonly message: Buffer
  readonly signal: AbortSignal
}

function handOver(connection: SMTPConnection, { server: { account }, letter, message, signal }: HandOver): Promise<void> {
  const envelope = { from: withAsciiDomain(letter.from.address), to: [withAsciiDomain(letter.to)] }
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new MailFault('timed out'))
    const step = (next: () => void) => (error?: Error | null) => (error ? reject(error) : next())
    const send = (): void => connection.send(envelope, message, step(resolve))
    const signIn = (): void => {
      if (account) connection.login({ user: account.user, pass: account.password }, step(send))
      else send()
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    connection.on('error', reject)
    connection.connect(step(signIn))
  })
}

/** Mail servers know the names of other scripts in their ASCII form. */
function withAsciiDomain(address: string): string {
  return `${address.slice(0, address.indexOf('@'))}@${asciiDomainOf(address)}`
}

function asciiDomainOf(address: string): string {
  const domain = address.slice(address.indexOf('@') + 1)
  return domainToASCII(domain) || domain
}
