import type { SiteSettings } from '@porchlight/protocol'
import type { Api } from './api.js'
import { count, nullable, object, type Reader, text } from './reader.js'

/** Of a site's settings, what is about all of its chats and requests. */
export type ChatsSettings = Pick<SiteSettings, 'capacity' | 'firstAnswerTargetMs' | 'requestTargetMs' | 'mailTo'>

const chats: Reader<ChatsSettings> = object<ChatsSettings>({
  capacity: count,
  firstAnswerTargetMs: count,
  requestTargetMs: count,
  mailTo: nullable(text)
})

/** How many chats at once, how soon answers are meant to come, and where requests are told by mail. */
export function readChats(api: Api, site: string): Promise<ChatsSettings> {
  return api.get(pathOf(site), chats)
}

function pathOf(site: string): string {
  return `/api/sites/${encodeURIComponent(site)}`
}
