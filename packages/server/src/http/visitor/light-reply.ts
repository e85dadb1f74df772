import { createHash } from 'node:crypto'
import type { Light } from '@porchlight/protocol'
import type { KnownAvailability } from '../../availability/availability.types.js'
import { type StatusLanguage, statusText } from '../../availability/status-text.js'

/** What everybody is sent who asks in one language for one published answer. */
export interface LightReply {
  readonly body: Buffer
  /** What goes with the body. A short answer carries the same but its type: a cache takes over from it how long it may go on. */
  readonly headers: Readonly<Record<string, string>>
  readonly unchangedHeaders: Readonly<Record<string, string>>
  readonly tag: string
}

/** Longest time that anybody may go on from one answer, in seconds. */
const maxAgeSeconds = 10

/** Tells what is sent for a published answer, with the status in words where a language is given. */
export type LightReplies = (answer: KnownAvailability, language: StatusLanguage | null) => LightReply

/** Makes each reply once. What is asked a thousand times a second must not be written a thousand times; a replaced answer takes its replies along. */
export function createLightReplies(): LightReplies {
  const replies = new WeakMap<KnownAvailability, Map<StatusLanguage | null, LightReply>>()
  return (answer, language) => {
    const inLanguages = replies.get(answer) ?? new Map<StatusLanguage | null, LightReply>()
    replies.set(answer, inLanguages)
    const reply = inLanguages.get(language) ?? makeReply(answer, language)
    inLanguages.set(language, reply)
    return reply
  }
}

function makeReply(answer: KnownAvailability, language: StatusLanguage | null): LightReply {
  const light: Light = { ...answer, ...(language === null ? {} : { text: statusText(language, answer) }) }
  const body = Buffer.from(JSON.stringify(light))
  // With a digest of the body, because another version of the server may put the same revision into other words.
  const tag = `"${answer.rev}-${language ?? ''}-${createHash('sha256').update(body).digest('base64url').slice(0, 12)}"`
  const unchangedHeaders = { 'cache-control': `public, max-age=${maxAgeSeconds}`, etag: tag }
  return { body, tag, unchangedHeaders, headers: { ...unchangedHeaders, 'content-type': 'application/json; charset=utf-8' } }
}

/**
 * Whether a caller holds this reply already, by its `If-None-Match`. Compared weakly: a proxy that packs a body marks its tag with `W/`.
 *
 * @example isHeld('W/"a", "b"', '"a"') // true
 */
export function isHeld(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch === tag || ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === tag)
}
