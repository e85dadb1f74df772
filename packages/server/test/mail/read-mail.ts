import type { TakenMail } from './smtp-server.js'

/** A message as a mail program shows it. */
export interface ReadMail {
  /** Each header in lower case, with every value that stands for it. */
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly subject: string
  readonly text: string
}

/** Reads a message: RFC 5322 headers, RFC 2047 words in UTF-8, and one part of text. */
export function readMail({ raw }: TakenMail): ReadMail {
  const border = raw.indexOf('\r\n\r\n')
  const headers: Record<string, string[]> = {}
  for (const line of raw
    .slice(0, border)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const [, name = '', value = ''] = /^([^:\s]+): ?(.*)$/.exec(line) ?? []
    headers[name.toLowerCase()] = [...(headers[name.toLowerCase()] ?? []), decodeWords(value)]
  }
  const coding = headers['content-transfer-encoding']?.[0] ?? '7bit'
  return { headers, subject: headers['subject']?.[0] ?? '', text: decodeBody(raw.slice(border + 4), coding) }
}

function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, coding: string, content: string) =>
      coding.toUpperCase() === 'B' ? Buffer.from(content, 'base64').toString() : quoted(content.replaceAll('_', ' '))
    )
}

function decodeBody(body: string, coding: string): string {
  const text =
    coding === 'base64' ? Buffer.from(body, 'base64').toString() : coding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')) : body
  return text.replaceAll('\r\n', '\n')
}

function quoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
