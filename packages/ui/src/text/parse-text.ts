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
const opening = /^[([{<"'«“‘]*/
const closing = ')]}>"\'»”’.,:;!?…'
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

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
  const start = opening.exec(word)![0].length
  const unclosed: Record<string, number> = { ')': 0, ']': 0, '}': 0 }
  let end = start
  for (let index = start; index < word.length; index++) {
    const character = word[index]!
    const closer = closers[character]
    if (closer) unclosed[closer]!++
    if (character in unclosed ? --unclosed[character]! >= 0 : !closing.includes(character)) end = index + 1
  }
  return [word.slice(0, start), word.slice(start, end), word.slice(end)]
}

function linkOf(word: string): TextPart | null {
  if (word.length > maxUrlChars) return null
  if (/^(https?:\/\/|mailto:|tel:)./i.test(word)) return toLink(word, word)
  if (/^www\.[^.]/i.test(word)) return toLink(word, `https://${word}`)
  if (word.length <= maxEmailChars && /^[^\s@/:]+@[^\s@/:.]+(\.[^\s@/:.]+)+$/.test(word)) return toLink(word, `mailto:${word}`)
  return null
}

/** A link, or null for what `URL` refuses and for user names before the host, which only serve to deceive. */
function toLink(text: string, address: string): TextPart | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: `URL` drops some of them, and so would read another address than people do
  if (/[\u0000-\u001f\u007f-\u009f]/.test(address)) return null
  try {
    const { username, password, host, href } = new URL(address)
    if (username || password || href.length > maxUrlChars) return null
    return host && !text.toLowerCase().includes(host) ? { text, href, host } : { text, href }
  } catch {
    return null
  }
}
