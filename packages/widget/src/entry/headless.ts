import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { joinFloating } from '../shell/session/join-floating.js'
import { attributeOptions } from '../shell/session/read-options.js'
import { upgradeInline } from '../shell/session/upgrade-inline.js'
import type { HeadlessChunk } from '../shell/shell.types.js'
import { isTaken, takeQueue } from '../shell/take-queue.js'

export { createChat } from '@porchlight/core'

/** The HTTP fallback, a chunk of its own beside this one: most networks never need it. */
const poll = () => import(new URL(__ASSETS__.poll.replace('assets/', ''), import.meta.url).href)

/** The backend that the options name; without one, that which this file came from. */
function adapterOf({ server, site = '' }: Readonly<Record<string, string | undefined>>): ReturnType<typeof porchlightAdapter> {
  return porchlightAdapter({ server: new URL(server ?? import.meta.url).origin, site, poll })
}

export const join: HeadlessChunk['join'] = (seam) => joinFloating(seam, ({ dataset }) => adapterOf(dataset))

export const upgrade: HeadlessChunk['upgrade'] = (element, load) => {
  if (element.chat) return
  upgradeInline({ element, load, adapter: adapterOf(attributeOptions(element)) })
  if (!isTaken()) takeQueue(element.chat!)
}
