import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { ChatError } from '@porchlight/protocol'
import { dispatch } from '../shell/dispatch.js'
import { createSession } from '../shell/session/create-session.js'
import { joinFloating } from '../shell/session/join-floating.js'
import { attributeOptions, type RawOptions } from '../shell/session/read-options.js'
import type { HeadlessChunk, LoadChunk } from '../shell/shell.types.js'
import { isTaken, takeQueue } from '../shell/take-queue.js'

export { createChat } from '@porchlight/core'

/** The loader knows only what it asks for itself; this names the other lazy parts to it. */
const files: RawOptions = { ...(__ASSETS__ as object), ...__ASSETS__.locales }
const named = (load: LoadChunk): LoadChunk => ((name: string) => load(files[name] ?? name)) as LoadChunk

/** The HTTP fallback, a chunk of its own beside this one: most networks never need it. */
const poll = () => import(new URL(__ASSETS__.poll.replace('assets/', ''), import.meta.url).href)

/** The backend that the options name; without one, that which this file came from. */
function adapterOf({ server, site = '', backend = 'porchlight' }: RawOptions): ReturnType<typeof porchlightAdapter> {
  if (backend !== 'porchlight') throw new ChatError('unsupported', `backend ${backend} is not supported`)
  return porchlightAdapter({ server: new URL(server ?? import.meta.url).origin, site, poll })
}

export const join: HeadlessChunk['join'] = (source, act) =>
  joinFloating({ source, act, load: named(source.load), adapterOf: ({ dataset }) => adapterOf(dataset) })

export const upgrade: HeadlessChunk['upgrade'] = async (element, loadFile) => {
  const load = named(loadFile)
  try {
    const adapter = adapterOf(attributeOptions(element))
    const { upgradeInline } = await load('inline')
    // Meanwhile the page may have taken it out, or another call have made its widget.
    if (element.chat || !element.isConnected) return
    upgradeInline({ element, load, adapter, createSession })
    if (!isTaken()) takeQueue(element.chat!)
  } catch (error) {
    // What the page wrote inside stays.
    const { code = 'network', message } = error as ChatError
    dispatch(element, 'error', { code, message })
  }
}
