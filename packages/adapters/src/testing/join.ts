import type { ChatAdapter, Draft, LogPosition, LogState, Message, SendOutcome, Session, SessionEvent } from '@porchlight/core'
import { randomText, uuidv7 } from '@porchlight/protocol'
import { ok } from './assert.js'

/** Longest wait for something that must come. */
const patienceMs = 5_000
/** How long to listen for what must not come. */
const silenceMs = 150

/** How to connect. */
export interface JoinOptions {
  readonly saved?: unknown
  readonly device?: string
  readonly logs?: readonly LogPosition[]
  readonly department?: string | undefined
}

/** A connected browser, and everything it heard. */
export interface Joined {
  readonly session: Session
  readonly device: string
  readonly events: readonly SessionEvent[]
  readonly logLines: readonly string[]
  /** What the adapter asked to keep. */
  readonly saved: () => unknown
  /** The first event, past or to come, that fits; rejects after 5 s. */
  readonly heard: <T extends SessionEvent['type']>(
    type: T,
    fits?: (event: Extract<SessionEvent, { readonly type: T }>) => boolean
  ) => Promise<Extract<SessionEvent, { readonly type: T }>>
  /** Waits long enough for what must not come. */
  readonly silence: () => Promise<void>
  /** The visitor's conversation, opened if it has to be, and followed. */
  readonly conversation: () => Promise<LogState>
  readonly draft: (c: string, n: number, text: string) => Draft
  /** Sends a text that must be stored. */
  readonly say: (c: string, n: number, text: string) => Promise<Message>
  readonly leave: () => void
}

/**
 * Connects `adapter` once, as a browser would, and collects what it hears: for cases of your own.
 *
 * @throws {ChatError} What the adapter refuses with.
 *
 * @example
 * ```ts
 * import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
 * import { join } from '@porchlight/adapters/testing'
 *
 * const ann = await join(memoryAdapter({ backend: createMemoryBackend() }))
 * const { c } = await ann.conversation()
 * await ann.say(c, 1, 'Hello')
 * ann.leave()
 * ```
 */
export async function join(adapter: ChatAdapter, options: JoinOptions = {}): Promise<Joined> {
  const controller = new AbortController()
  const events: SessionEvent[] = []
  const logLines: string[] = []
  const waiting = new Set<() => void>()
  const device = options.device ?? randomText(16, (bytes) => crypto.getRandomValues(bytes))
  let saved: unknown = options.saved ?? null

  const session = await adapter.connect({
    saved,
    device,
    logs: options.logs ?? [],
    department: options.department,
    signal: controller.signal,
    emit: (event) => {
      events.push(event)
      if (event.type === 'saved') saved = event.saved
      for (const look of [...waiting]) look()
    },
    log: (level, message) => void logLines.push(`${level} ${message}`)
  })

  const heard: Joined['heard'] = (type, fits = () => true) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no fitting "${type}" event within ${patienceMs} ms`)), patienceMs)
      const look = () => {
        const found = events.find((event) => event.type === type && fits(event as never))
        if (!found) return
        clearTimeout(timer)
        waiting.delete(look)
        resolve(found as never)
      }
      waiting.add(look)
      look()
    })
  const draft: Joined['draft'] = (c, n, text) => ({ c, n, id: newId(), k: 'text', body: { text } })

  return {
    session,
    device,
    events,
    logLines,
    saved: () => saved,
    heard,
    silence: () => new Promise((resolve) => setTimeout(resolve, silenceMs)),
    conversation: async () => {
      const known = session.conversations[0]
      const log = known ?? (await session.open?.({ id: newId() }))
      ok(log, 'a session without `open` lists the conversation it writes to')
      await session.history({ c: log.c, limit: 50, subscribe: true })
      return log
    },
    draft,
    say: async (c, n, text) => storedOf(await session.send(draft(c, n, text))),
    leave: () => controller.abort()
  }
}

/** An id as a client makes it. */
export function newId(): string {
  return uuidv7(Date.now(), (bytes) => crypto.getRandomValues(bytes))
}

/** The message of an outcome that must be `stored`. */
export function storedOf(outcome: SendOutcome): Message {
  ok(outcome.outcome === 'stored', `the message was not stored but ${outcome.outcome}`)
  return outcome.message
}

/** The words of the messages that have some. */
export function textsOf(messages: readonly Message[]): readonly string[] {
  return messages.flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))
}
