/** A stretch of a message: plain text, or a link that may be followed. */
export interface TextPart {
  readonly text: string
  readonly href?: string
  /** The host in ASCII, when what is written does not show it as it is. */
  readonly host?: string
}

const maxUrlChars = 2_048
const maxEmailChars = 320
/** Cheap to ask of every word, so that only few are looked at closely. */
const mayHoldLink = /[:@]|www\./i
const followable = new Set(['https:', 'http:', 'mailto:', 'tel:'])
const opening = '([{<"\'«“‘'
const closing = ')]}>"\'»”’.,:;!?…'
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/**
 * Finds web, mail and telephone addresses in what somebody wrote. Everything else stays text, whatever it looks like.
 * Takes time in proportion to the text's length.
 *
 * @example
 * ```ts
 * import { parseText } from '@porchlight/ui'
 *
 * parseText('see https://example.com.') // [{ text: 'see ' }, { text: 'https://example.com', href: 'https://example.com/' }, { text: '.' }]
 * ```
 */
export function parseText(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let plain = ''
  for (const [chunk] of text.matchAll(/\s+|\S+/g)) {
    const [before, core, after] = mayHoldLink.test(chunk) ? peel(chunk) : [chunk, '', '']
    const link = linkOf(core)
    if (!link) {
      plain += chunk
      continue
    }
    if (plain + before) parts.push({ text: plain + before })
    parts.push(link)
    plain = after
  }
  return plain ? [...parts, { text: plain }] : parts
}

/** Takes punctuation off a word's ends; a closing bracket stays when it was opened inside the word. */
function peel(word: string): readonly [before: string, core: string, after: string] {
  let start = 0
  while (start < word.length && opening.includes(word[start]!)) start++
  let end = word.length
  const unclosed = new Map(Object.entries(pairs).map(([close, open]) => [close, countOf(word, open, start) - countOf(word, close, start)]))
  while (end > start && closing.includes(word[end - 1]!)) {
    const surplus = unclosed.get(word[end - 1]!)
    if (surplus !== undefined && surplus >= 0) break
    if (surplus !== undefined) unclosed.set(word[end - 1]!, surplus + 1)
    end--
  }
  return [word.slice(0, start), word.slice(start, end), word.slice(end)]
}

function countOf(word: string, character: string, from: number): number {
  let count = 0
  for (let index = word.indexOf(character, from); index >= 0; index = word.indexOf(character, index + 1)) count++
  return count
}

function linkOf(word: string): TextPart | null {
  if (word.length > maxUrlChars) return null
  if (/^(https?:\/\/|mailto:|tel:)./i.test(word)) return toLink(word, word)
  if (/^www\.[^.]/i.test(word)) return toLink(word, `https://${word}`)
  if (word.length <= maxEmailChars && /^[^\s@/:]+@[^\s@/:.]+(\.[^\s@/:.]+)+$/.test(word)) return toLink(word, `mailto:${word}`)
  return null
}

/** A link, or null for what `URL` refuses, for another scheme, and for user names before the host, which only serve to deceive. */
function toLink(text: string, address: string): TextPart | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
  if (/[\u0000-\u001f\u007f-\u009f]/.test(address)) return null
  try {
    const { protocol, username, password, host, href } = new URL(address)
    if (!followable.has(protocol) || username || password || href.length > maxUrlChars) return null
    return host && !text.toLowerCase().includes(host) ? { text, href, host } : { text, href }
  } catch {
    return null
  }
}
