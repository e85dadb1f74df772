import { ChatError, isBlankText } from '@porchlight/protocol'
import type { Chat, ChatOptions, Mode } from '../chat.types.js'
import { createHub } from '../connection/hub.js'
import { createStore } from '../store.js'
import { createConversation } from './conversation.js'
import { createDrafts } from './drafts.js'
import { firstAnswer } from './first-answer.js'
import { nextMode } from './mode.js'
import { passOnRequests } from './pass-on-requests.js'
import { createQueue } from './queue.js'
import { createRequestForm } from './request.js'
import { isTooLong, plainText } from './request-fields.js'
import { createSharedDraft } from './shared-draft.js'
import { toldContact } from './told-contact.js'
import { createTranscript } from './transcript.js'

/** How long a request waits for a connection before it says that it is held. */
const connectMs = 8_000
/** Replies that arrive keep the visit alive; they are noted at most this often, in all tabs together. */
const noteMs = 60_000

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
  const hub = createHub({ ...options, keepsLogs: true, mayRest: () => !form.isWaiting() })
  const { env, storage } = hub
  const conversation = createConversation(hub, options)
  const drafts = createDrafts(env, storage, hub.checkDurability)
  const transcript = createTranscript(hub, conversation)
  const queue = createQueue(hub, options.queueWaits)
  const $draft = createStore('')
  const $mode = createStore<Mode>('chat')
  let previous: Mode | null = null
  let chosen: Mode | null = null
  /** What was begun by the first use, again after a reset. */
  let starting: Promise<void> | undefined
  let erasing: Promise<unknown> = Promise.resolve()
  let isLoaded = false
  /** What is typed may be stored. */
  let isUsed = false
  let isDestroyed = false

  const setText = (text: string) => {
    $draft.set(text)
    form.refresh()
  }
  /** Before what an earlier page left was read, nothing is written over it but what is typed. */
  const save = (isSent = false) => {
    const text = $draft.get()
    if (isLoaded) {
      drafts.save({ text, ...form.draft() })
      shared.tell(text, isSent)
    } else if (isUsed) drafts.note(text)
  }
  const shared = createSharedDraft({
    hub,
    text: $draft.get,
    isFree: () => isLoaded && !form.isInUse(),
    setText: (text) => {
      setText(text)
      save()
    }
  })
  /** The visit is remembered for a while from its last sign of life on; it decides whether the next page connects by itself. */
  const noteActivity = (restMs = 0) => {
    if (env.now() - Number(storage.small.read('activeAt')) < restMs) return
    storage.small.write('activeAt', env.now())
  }
  const form = createRequestForm({
    ...options,
    env,
    drafts,
    text: $draft.get,
    setText,
    form: () => hub.$site.get().form,
    told: () => toldContact(transcript.$messages.get()),
    keep: save,
    session: hub.session,
    nextSession: () => hub.withSession(async (session) => session, env.isOnline() ? connectMs : 0),
    onAccepted: (accepted, id) => {
      hub.tell({ accepted: { ...accepted, id } })
      if (accepted.c) conversation.adopt(accepted.c)
      noteActivity()
    },
    onChange: () => decide()
  })

  const decide = () => {
    const next = nextMode({
      previous,
      availability: hub.$availability.get().state,
      isFormInUse: form.isInUse(),
      chosen,
      requests: hub.$capabilities.get()?.requests
    })
    if (hub.$availability.get().at > 0) previous = next
    if (next !== chosen) chosen = null
    if (next === 'request') form.shown()
    $mode.set(next)
  }

  const load = async () => {
    isUsed = true
    await erasing
    await hub.load()
    await conversation.load()
    const { draft, held } = await drafts.load()
    if (isDestroyed) return
    isLoaded = true
    if (draft && $draft.get() === '') setText(draft.text)
    shared.began()
    if (!form.isInUse()) form.restore(draft, held)
    save()
  }
  /** Resolves to whether the chat can be used: what an earlier page left is read, and it was not destroyed. */
  const isReady = async () => {
    while (!isLoaded && !isDestroyed) {
      starting ??= load()
      await starting
    }
    return isLoaded
  }
  const mustBeReady = async () => {
    if (!(await isReady())) throw new ChatError('invalid', 'the chat was destroyed')
  }

  const forgetTyped = async () => {
    const { draft, held } = await drafts.load()
    const text = $draft.get().trim() || draft?.text.trim()
    const isElsewhere = !text || held.some(({ fields }) => fields.text.trim() === text)
    drafts.drop()
    conversation.clear()
    $draft.set('')
    form.clear()
    return held.length + (isElsewhere ? 0 : 1)
  }
  const erase = async () => {
    await starting
    isLoaded = false
    starting = undefined
    const unsent = await hub.reset(forgetTyped)
    isUsed = starting !== undefined
    previous = chosen = null
    decide()
    return unsent
  }

  hub.$availability.listen(decide)
  hub.$capabilities.listen(decide)
  transcript.$messages.listen(form.refresh)
  transcript.$unread.listen((count, before = 0) => {
    if (isLoaded && count > before) noteActivity(noteMs)
  })
  const leave = passOnRequests(hub, form, drafts)

  return {
    $connection: hub.$connection,
    $capabilities: hub.$capabilities,
    $availability: hub.$availability,
    $mode,
    $conversation: transcript.$conversation,
    $messages: transcript.$messages,
    $typing: transcript.$typing,
    $unread: transcript.$unread,
    $draft,
    $request: form.$request,
    $site: hub.$site,
    $queue: queue.$queue,
    $durability: hub.$durability,
    $outbox: hub.$outbox,

    open: async () => {
      if (!(await isReady())) return
      await hub.connect()
      await firstAnswer(hub)
    },
    close: () => {
      void drafts.flush()
      hub.disconnect()
    },
    send: async (typed) => {
      if (typeof typed !== 'string' || isBlankText(typed)) throw new ChatError('invalid', 'text is empty')
      const text = plainText(typed)
      if (isTooLong(text)) throw new ChatError('too_large', 'text is too long')
      // Once everything is read, the text is in this tab's storage before this call returns, whatever happens to the page then.
      if (!isLoaded) await mustBeReady()
      const kept = hub.outbox.put(conversation.toWrite().c, 'text', { text })
      if ($draft.get() === typed) {
        setText('')
        save(true)
        // At once: a page that opens now would find it in the composer still, and somebody would send it again.
        void drafts.flush()
      }
      conversation.$log.get()?.setTyping(false)
      noteActivity()
      void hub.connect()
      return kept
    },
    resend: (id) => {
      if (isLoaded && hub.outbox.all().some((item) => item.id === id)) void hub.outbox.retry(id, conversation.toWrite().c)
    },
    discard: (id) => {
      if (isLoaded) conversation.$log.get()?.discard(id)
    },
    setDraft: (text) => {
      if (typeof text !== 'string') return
      shared.typed()
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
    keepWaiting: queue.keepWaiting,
    editRequest: form.edit,
    leaveRequest: async (fields, website) => {
      if (!isLoaded) await mustBeReady()
      // Else what is held would wait for the next page on which somebody opens the chat.
      noteActivity()
      void hub.connect()
      await form.leave(fields, website)
    },
    newRequest: () => {
      chosen = null
      form.renew()
    },
    reset: async () => {
      if (isDestroyed) throw new ChatError('invalid', 'the chat was destroyed')
      const erased = erasing.then(erase)
      erasing = erased
      return erased
    },
    destroy: () => {
      isDestroyed = true
      isLoaded = isUsed = false
      leave()
      hub.destroy()
    }
  }
}
