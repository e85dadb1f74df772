import { ChatError } from '@porchlight/protocol'
import type { Chat, ChatOptions, Mode } from '../chat.types.js'
import { createHub } from '../connection/hub.js'
import { createStore } from '../store.js'
import { createConversation } from './conversation.js'
import { createDrafts } from './drafts.js'
import { firstAnswer } from './first-answer.js'
import { nextMode } from './mode.js'
import { createRequestForm } from './request.js'
import { isTooLong } from './request-fields.js'
import { createTranscript } from './transcript.js'

/** How long a request waits for a connection before it says that it is held. */
const connectMs = 8_000

/**
 * Connects a customer's chat to its backend and returns the stores that a user interface reads.
 *
 * Nothing is stored and nothing is sent before the first `open()`, `send()` or `leaveRequest()`, so calling this on every page
 * is cheap. What was typed survives a reload, a lost connection and a closed browser, and is sent once.
 *
 * @returns A chat whose `destroy()` releases timers, listeners and the connection. Failures appear in its stores.
 *
 * @example
 * ```ts
 * import { createChat } from '@porchlight/core'
 * import { porchlightAdapter } from '@porchlight/adapters/porchlight'
 *
 * const chat = createChat({ adapter: porchlightAdapter({ server: 'https://chat.example.com', site: 'shop' }) })
 * chat.$messages.subscribe((messages) => console.log(messages.length))
 * await chat.open()
 * await chat.send('Hello')
 * chat.destroy()
 * ```
 */
export function createChat(options: ChatOptions): Chat {
  const hub = createHub({ ...options, keepsLogs: true })
  const { env, storage } = hub
  const conversation = createConversation(hub, options.locale)
  const drafts = createDrafts(env, storage)
  const transcript = createTranscript(hub, conversation)
  const $draft = createStore('')
  const $mode = createStore<Mode>('chat')
  let previous: Mode | null = null
  let chosen: Mode | null = null
  let starting: Promise<void> | undefined
  let isLoaded = false

  const setText = (text: string) => {
    $draft.set(text)
    form.refresh()
  }
  /** Before what an earlier page left was read, nothing is written over it. */
  const save = () => {
    if (isLoaded) drafts.save({ text: $draft.get(), ...form.draft() })
  }
  const form = createRequestForm({
    env,
    locale: options.locale,
    text: $draft.get,
    setText,
    keep: save,
    hold: drafts.hold,
    release: drafts.release,
    session: hub.session,
    nextSession: () => hub.withSession(async (session) => session, env.isOnline() ? connectMs : 0),
    onAccepted: (accepted) => {
      if (accepted.c) conversation.adopt(accepted.c)
      storage.small.write('activeAt', env.now())
    },
    onChange: () => decide()
  })

  const decide = () => {
    const next = nextMode({
      previous,
      availability: transcript.$availability.get().state,
      isFormInUse: form.isInUse(),
      chosen,
      requests: hub.$capabilities.get()?.requests
    })
    if (hub.$availability.get()) previous = next
    if (next !== chosen) chosen = null
    if (next === 'request') form.shown()
    $mode.set(next)
  }

  const load = async () => {
    await hub.load()
    await conversation.load()
    const { draft, held } = await drafts.load()
    isLoaded = true
    if (draft && $draft.get() === '') setText(draft.text)
    if (!form.isInUse()) form.restore(draft, held)
    save()
  }
  const start = () => {
    starting ??= load()
    return starting
  }

  const stops = [
    transcript.onChange(decide),
    hub.onSession((session) => {
      if (session && isLoaded) form.restart()
    }),
    env.onHide(() => void drafts.flush())
  ]
  let isDestroyed = false

  return {
    $connection: hub.$connection,
    $capabilities: hub.$capabilities,
    $availability: transcript.$availability,
    $mode,
    $conversation: transcript.$conversation,
    $messages: transcript.$messages,
    $typing: transcript.$typing,
    $unread: transcript.$unread,
    $draft,
    $request: form.$request,
    $durability: hub.$durability,
    $outbox: hub.$outbox,

    open: async () => {
      await start()
      if (isDestroyed) return
      hub.connect()
      await firstAnswer(hub)
    },
    close: () => {
      void drafts.flush()
      hub.disconnect()
    },
    send: async (text) => {
      if (text.trim() === '') throw new ChatError('invalid', 'text is empty')
      if (isTooLong(text)) throw new ChatError('too_large', 'text is longer than 8,000 characters or 32 KiB')
      // Once everything is read, the text is in this tab's storage before this call returns, whatever happens to the page then.
      if (!isLoaded) await start()
      if (!hub.outbox.hasRoom({ text })) throw new ChatError('busy', 'the outbox is full: wait until something was sent')
      const kept = conversation.toWrite().publish('text', { text })
      if ($draft.get() === text) {
        setText('')
        save()
      }
      conversation.$log.get()?.setTyping(false)
      storage.small.write('activeAt', env.now())
      hub.connect()
      return kept
    },
    resend: (id) => void hub.outbox.retry(id, conversation.toWrite().c),
    discard: (id) => conversation.$log.get()?.discard(id),
    setDraft: (text) => {
      setText(text)
      conversation.$log.get()?.setTyping(text !== '')
      save()
    },
    chooseMode: (mode) => {
      chosen = mode
      decide()
    },
    markRead: transcript.markRead,
    loadOlder: async () => conversation.$log.get()?.loadOlder(),
    editRequest: form.edit,
    leaveRequest: async (fields, website) => {
      if (!isLoaded) await start()
      hub.connect()
      await form.leave(fields, website)
    },
    newRequest: () => {
      chosen = null
      form.renew()
    },
    reset: async () => {
      await start()
      const held = form.isOnItsWay() ? 1 : 0
      drafts.drop()
      conversation.clear()
      $draft.set('')
      form.clear()
      const dropped = await hub.reset()
      previous = chosen = null
      decide()
      return dropped + held
    },
    destroy: () => {
      isDestroyed = true
      void drafts.flush()
      for (const stop of stops) stop()
      form.stop()
      conversation.stop()
      transcript.stop()
      hub.destroy()
    }
  }
}
