import { type ChatError, type ErrorCode, toChatError } from '@porchlight/protocol'
import type { RequestAccepted, Session } from '../adapter.js'
import { retryDelayMs } from '../connection/backoff.js'
import type { Env } from '../env/env.js'
import { askRequest, uncertain } from './ask-request.js'
import type { Drafts, HeldRequest } from './drafts.js'
import type { Problems } from './request-fields.js'

/** What a queue works with. */
export interface RequestQueueOptions {
  readonly env: Env
  readonly locale?: string | undefined
  readonly drafts: Pick<Drafts, 'hold' | 'release'>
  readonly session: () => Session | null
  /** The open session, or the next one. */
  readonly nextSession: () => Promise<Session>
  /** The first request is on its way now, or waits for another attempt. */
  readonly onState: (state: 'sending' | 'held', error?: ErrorCode) => void
  readonly onAccepted: (accepted: RequestAccepted, sent: HeldRequest) => void
  /** With `timeout`, the backend may have it under another key: whether it goes out again is for the user to say. */
  readonly onRefused: (problems: Problems, sent: HeldRequest, error?: ErrorCode) => void
}

/** Requests on their way, oldest first: kept on the device until the backend has them or refuses them. */
export interface RequestQueue {
  readonly first: () => HeldRequest | undefined
  readonly has: (id: string) => boolean
  /** Another page had the request accepted. */
  readonly accepted: (id: string, accepted: RequestAccepted) => void
  /** Takes over what an earlier page left. */
  readonly restore: (requests: readonly HeldRequest[]) => void
  /** Keeps a request, then sends it. */
  readonly add: (request: Omit<HeldRequest, 'madeBy' | 'sentBy'>) => Promise<void>
  /** Sends the first request. Resolves when it was accepted, held or refused. */
  readonly send: () => Promise<void>
  /** Another session: what is held goes out. */
  readonly restart: () => void
  readonly clear: () => void
}

/** An empty queue. */
export function createRequestQueue(options: RequestQueueOptions): RequestQueue {
  const { env, drafts } = options
  let held: readonly HeldRequest[] = []
  let attempt = 0
  let isSending = false
  /** Another session came while one was still asked. */
  let isRenewed = false
  let stopWaiting: (() => void) | undefined

  const release = (sent: HeldRequest) => {
    held = held.filter(({ id }) => id !== sent.id)
    return drafts.release(sent.id)
  }

  const has = (id: string) => held.some((known) => known.id === id)
  const isHeld = ({ id }: HeldRequest) => has(id)

  const ask = async (sent: HeldRequest) =>
    askRequest(sent, {
      ...options,
      session: await options.nextSession(),
      isHeld: () => isHeld(sent),
      bind: (bound) => {
        held = held.map((known) => (known === sent ? bound : known))
        return drafts.hold(bound)
      }
    })

  const accept = (accepted: RequestAccepted, sent: HeldRequest) => {
    attempt = 0
    const released = release(sent)
    options.onAccepted(accepted, sent)
    return released
  }
  const refuse = (problems: Problems, sent: HeldRequest, error?: ErrorCode) => {
    const released = release(sent)
    options.onRefused(problems, sent, error)
    return released
  }
  const hold = async (error: ChatError, sent: HeldRequest) => {
    if (error.code === 'id_conflict') {
      // Another tab sent the same draft with other words; this one is another request. The same one in every tab that holds it.
      const other = { ...sent, id: nextId(sent.id) }
      await drafts.hold(other)
      await release(sent)
      held = [other, ...held]
    }
    options.onState('held', error.code)
    if (!options.session()) return
    stopWaiting?.()
    stopWaiting = env.setTimer(() => void send(), retryDelayMs(env, attempt++, error.afterMs))
  }

  /** Resolves to whether the next one may go out. */
  const attemptOne = async (sent: HeldRequest): Promise<boolean> => {
    options.onState('sending')
    const answer = await ask(sent).catch((error: unknown) => toChatError(error, 'network'))
    // What was forgotten meanwhile is nobody's any more.
    if (!isHeld(sent)) return true
    if ('reference' in answer) {
      await accept(answer, sent)
      return true
    }
    if ('problems' in answer) await refuse(answer.problems, sent, answer === uncertain ? 'timeout' : undefined)
    else if (answer.retry === 'never' && answer.code !== 'id_conflict') await refuse({}, sent, answer.code)
    else await hold(answer, sent)
    return false
  }

  const send = async () => {
    const [sent] = held
    if (!sent || isSending) return
    isSending = true
    isRenewed = false
    const goesOn = await attemptOne(sent)
    isSending = false
    if (goesOn || isRenewed) void send()
  }

  return {
    first: () => held[0],
    has,
    accepted: (id, accepted) => {
      const sent = held.find((known) => known.id === id)
      if (sent) void accept(accepted, sent)
    },
    restore: (requests) => {
      held = requests
      if (held.length > 0) options.onState('held')
    },
    add: async (request) => {
      const made = { ...request, madeBy: options.session()?.you.id }
      held = [made]
      options.onState('sending')
      await drafts.hold(made)
      await send()
    },
    send,
    restart: () => {
      attempt = 0
      isRenewed = true
      stopWaiting?.()
      void send()
    },
    clear: () => {
      held = []
      stopWaiting?.()
    }
  }
}

function nextId(id: string): string {
  return id.slice(0, -1) + ((Number.parseInt(id.slice(-1), 16) + 1) % 16).toString(16)
}
