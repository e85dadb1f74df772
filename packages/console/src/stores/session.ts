import { ChatError, type ErrorCode, isChatError, type Me } from '@porchlight/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import type { SetupLink } from '../session/setup-link.js'
import { type Api, createApi } from './api.js'
import { readMe, readSetupState } from './read-rows.js'
import type { Reader } from './reader.js'

/** Why somebody is asked to sign in. `usedLink`: a set-up link that is good for nothing any more led here. */
export type SignInReason = 'start' | 'expired' | 'left' | 'usedLink'

/** Who uses this page, or what stands in the way. */
export type SessionState =
  | { readonly state: 'loading' }
  /** The first owner is to be made; the token came with a set-up link. */
  | { readonly state: 'setup'; readonly token: string }
  /** `needsSetup`: there is no account yet, and no set-up link led here. `operatorId`: who worked here until now. */
  | {
      readonly state: 'signed-out'
      readonly reason: SignInReason
      readonly email: string
      readonly needsSetup: boolean
      readonly operatorId?: string
    }
  | { readonly state: 'signed-in'; readonly me: Me }
  | { readonly state: 'unreachable'; readonly code: ErrorCode }

/** Name, address and password of the first owner. */
export interface OwnerDetails {
  readonly email: string
  readonly name: string
  readonly password: string
}

/** The operator's session. Actions reject with a ChatError; what they achieve is in `$session`. */
export interface Session {
  readonly $session: ReadableAtom<SessionState>
  readonly api: Api
  /** Finds out who is signed in. Asked again before there is an answer, it asks once. */
  readonly load: () => Promise<void>
  readonly signIn: (email: string, password: string) => Promise<void>
  /** Reads again who is signed in, and for which sites. */
  readonly refresh: () => Promise<void>
  readonly setUp: (details: OwnerDetails) => Promise<void>
  /** Signs out; `forget` runs once the server knows, while the session still stands here. */
  readonly signOut: (forget: () => Promise<void>) => Promise<void>
  /** Says whether this operator wants chats. The server remembers it. */
  readonly setAvailable: (isAvailable: boolean) => Promise<void>
  /** The server said so, here or in another tab. */
  readonly noteAvailable: (isAvailable: boolean) => void
  /** This operator has signed out in another tab. Answers whether it was he who worked here, or who was asked to sign in again. */
  readonly leave: (operatorId: string) => boolean
  /** The server no longer knows this session. */
  readonly expire: () => void
}

/** What {@link createSession} takes from the world. */
export interface SessionOptions {
  readonly setupLink: SetupLink
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** Who is signed in; nobody, where the answer holds nothing. */
const readCaller: Reader<Me | undefined> = (value) => (value === undefined ? undefined : readMe(value))

/** Signs operators in and out. */
export function createSession({ setupLink, fetch }: SessionOptions): Session {
  const $session = atom<SessionState>({ state: 'loading' })
  const api = createApi({ onUnauthorized: () => expire(), fetch })
  /** Choices on their way to the server: what it reported before it heard of them is old. */
  let choices = 0
  /** What the server said last of this operator's wish. A choice whose answer is lost may have reached it. */
  let said = false
  let isLeaving = false
  let loading: Promise<void> | undefined

  function expire(): void {
    const current = $session.get()
    if (current.state === 'signed-in' && !isLeaving) $session.set(outsideOf(current.me, 'expired'))
  }

  function setIntent(isAvailable: boolean): void {
    const current = $session.get()
    if (current.state === 'signed-in' && current.me.available !== isAvailable)
      $session.set({ state: 'signed-in', me: { ...current.me, available: isAvailable } })
  }

  async function enter(): Promise<void> {
    const me = await api.get('/api/session', readCaller)
    if (me === undefined) throw new ChatError('unauthorized', 'nobody is signed in')
    said = me.available
    $session.set({ state: 'signed-in', me })
  }

  /** Goes where this tab's set-up link leads: to the form for the first owner, or nowhere once there is one. */
  async function followLink(): Promise<'form' | 'nowhere' | 'none'> {
    const token = setupLink.$token.get()
    if (token === null) return 'none'
    const { needed } = await api.get('/api/setup', readSetupState)
    if (needed) $session.set({ state: 'setup', token })
    else setupLink.forget()
    return needed ? 'form' : 'nowhere'
  }

  async function load(): Promise<void> {
    // A page that says the server cannot be reached stays as it is until it can: it holds the focus.
    if ($session.get().state !== 'unreachable') $session.set({ state: 'loading' })
    let reason: SignInReason = 'start'
    try {
      const way = await followLink()
      if (way === 'form') return
      if (way === 'nowhere') reason = 'usedLink'
      await enter()
    } catch (error) {
      $session.set(await closedDoor(api, error, reason))
    }
  }

  /** A link was followed while the page was open: who is at work or about to sign in keeps what he sees unless it leads further. */
  async function takeUpLink(): Promise<void> {
    await loading
    const way = await followLink().catch(() => 'none' as const)
    const current = $session.get()
    if (way === 'nowhere' && current.state === 'signed-out') $session.set({ ...current, reason: 'usedLink', needsSetup: false })
  }

  /** The server refuses the link: whoever has an account signs in, and nobody types into a form that leads nowhere. */
  function refuseLink(error: unknown, email: string): never {
    if (isChatError(error) && error.retry === 'auth') {
      setupLink.forget()
      $session.set({ state: 'signed-out', reason: 'usedLink', email, needsSetup: false })
    }
    throw error
  }

  setupLink.$token.listen((token) => {
    if (token !== null) void takeUpLink()
  })

  return {
    $session,
    api,
    load: () => {
      loading ??= load().finally(() => {
        loading = undefined
      })
      return loading
    },
    signIn: async (email, password) => {
      await api.send({ method: 'POST', path: '/api/session', body: { email, password } })
      await enter()
    },
    refresh: enter,
    setUp: async (details) => {
      const current = $session.get()
      if (current.state !== 'setup') return
      await api
        .send({ method: 'POST', path: '/api/setup', body: { token: current.token, ...details } })
        .catch((error: unknown) => refuseLink(error, details.email))
      setupLink.forget()
      await enter()
    },
    signOut: async (forget) => {
      const current = $session.get()
      if (current.state !== 'signed-in' || isLeaving) return
      isLeaving = true
      try {
        await api.send({ method: 'DELETE', path: '/api/session' }).catch(unlessOver)
        await forget()
        $session.set(outsideOf(current.me, 'left'))
      } finally {
        isLeaving = false
      }
    },
    setAvailable: async (isAvailable) => {
      const current = $session.get()
      if (current.state !== 'signed-in') return
      setIntent(isAvailable)
      choices++
      try {
        await api.send({ method: 'PUT', path: '/api/me/presence', body: { available: isAvailable } })
        said = isAvailable
      } finally {
        if (--choices === 0) setIntent(said)
      }
    },
    noteAvailable: (isAvailable) => {
      said = isAvailable
      if (choices === 0) setIntent(isAvailable)
    },
    leave: (operatorId) => {
      const current = $session.get()
      if (current.state === 'signed-in' && current.me.id === operatorId) $session.set(outsideOf(current.me, 'left'))
      else if (current.state === 'signed-out' && current.operatorId === operatorId) $session.set({ ...current, reason: 'left', email: '' })
      else return false
      return true
    },
    expire
  }
}

/** A session that had ended already is one to leave all the same. */
function unlessOver(error: unknown): void {
  if (!isChatError(error) || error.retry !== 'auth') throw error
}

/** Who was thrown out goes on with his password; who left leaves nothing for the next one to see. */
function outsideOf(me: Me, reason: SignInReason): SessionState {
  return { state: 'signed-out', reason, email: reason === 'expired' ? me.email : '', needsSetup: false, operatorId: me.id }
}

/** What to show to somebody whose session could not be read. */
async function closedDoor(api: Api, error: unknown, reason: SignInReason): Promise<SessionState> {
  if (!isChatError(error) || error.retry !== 'auth') return { state: 'unreachable', code: isChatError(error) ? error.code : 'internal' }
  const needsSetup = await api.get('/api/setup', readSetupState).then(
    ({ needed }) => needed,
    () => false
  )
  return { state: 'signed-out', reason, email: '', needsSetup }
}
