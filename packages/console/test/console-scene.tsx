import type { InboxSnapshot, Me } from '@porchlight/protocol'
import { createAnnouncer, createLiveRegions } from '@porchlight/ui'
import { act, cleanup, render, screen } from '@testing-library/preact'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { atom, type WritableAtom } from 'nanostores'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { App } from '../src/app.js'
import { createDesk, type Desk } from '../src/stores/desk.js'
import { loadLanguage } from '../src/stores/language.js'
import { createPreferences } from '../src/stores/preferences.js'
import { createSession, type Session } from '../src/stores/session.js'
import { type FakeConnection, fakeConnection } from './fake-connection.js'
import { aPerson, type Person } from './person.js'
import { anInbox, olive } from './rows.js'

/** What the server of a scene answers, and what it was asked to change. */
export interface FakeServer {
  me: Me | null
  inbox: InboxSnapshot
  /** Status and body of the next sign-in; null signs in. */
  refusal: { readonly status: number; readonly body: unknown } | null
  needsSetup: boolean
  readonly changes: { readonly call: string; readonly body: unknown; readonly header: string | null }[]
}

/** The whole console on a connection that a test drives. */
export interface Scene {
  readonly user: Person
  readonly server: FakeServer
  readonly connection: FakeConnection
  readonly session: Session
  readonly desk: Desk
  /** The page is loaded again in the same tab. */
  readonly reload: () => Promise<void>
}

export const $now: WritableAtom<number> = atom(Date.UTC(2026, 10, 22, 12))

/** Answers the console's calls; installed for the whole test file. */
export function useFakeServer(): FakeServer {
  const state: FakeServer = { me: olive, inbox: anInbox(), refusal: null, needsSetup: false, changes: [] }
  const server = setupServer(
    http.get('*/api/session', () => (state.me ? HttpResponse.json(state.me) : unauthorized())),
    http.get('*/api/setup', () => HttpResponse.json({ needed: state.needsSetup })),
    http.get('*/api/sites/:site/inbox', () => HttpResponse.json(state.inbox)),
    http.all('*/api/*', async ({ request }) => {
      const path = new URL(request.url).pathname
      const body: unknown = await request.json().catch(() => null)
      state.changes.push({ call: `${request.method} ${path}`, body, header: request.headers.get('x-porchlight') })
      if (request.method === 'POST' && (path === '/api/session' || path === '/api/setup')) {
        if (state.refusal) return HttpResponse.json(state.refusal.body as object, { status: state.refusal.status })
        state.me = olive
      }
      return HttpResponse.json({})
    })
  )
  beforeAll(() => {
    // What jsdom has not: a fine pointer, and dialogs that open and close.
    globalThis.matchMedia ??= () => ({ matches: false }) as MediaQueryList
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
      this.open = true
    }
    HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
      this.open = false
      this.dispatchEvent(new Event('close'))
    }
    server.listen({ onUnhandledRequest: 'error' })
  })
  afterEach(() => {
    cleanup()
    document.body.replaceChildren()
    sessionStorage.clear()
    localStorage.clear()
    Object.assign(state, { me: olive, inbox: anInbox(), refusal: null, needsSetup: false })
    state.changes.length = 0
  })
  afterAll(() => server.close())
  return state
}

/** Shows the console as `server` answers. */
export async function openConsole(server: FakeServer, options: { readonly setupToken?: string } = {}): Promise<Scene> {
  const connection = fakeConnection()
  const user = aPerson()
  const start = async () => {
    const session = createSession({ setupToken: options.setupToken ?? null })
    const preferences = createPreferences(localStorage)
    const desk = createDesk({ session, preferences, storage: sessionStorage, connect: () => connection })
    const regions = createLiveRegions()
    document.body.append(regions.element)
    const { announce } = createAnnouncer(() => regions)
    const i18n = await loadLanguage('en-GB')
    render(<App services={{ session, desk, preferences, i18n, announce, $now }} />)
    await session.load()
    return { session, desk }
  }
  const { session, desk } = await start()
  return {
    user,
    server,
    connection,
    session,
    desk,
    reload: async () => {
      cleanup()
      desk.stop()
      await start()
    }
  }
}

/** Lets time pass, with fake timers, until everything that it caused is drawn. */
export async function pass(durationMs: number): Promise<void> {
  await act(() => void vi.advanceTimersByTime(durationMs))
}

/** Opens the row that holds the text. */
export async function openRow(scene: Scene, text: string | RegExp): Promise<void> {
  const rows = await screen.findAllByRole('button', { name: text })
  await scene.user.click(rows[0] as HTMLElement)
}

function unauthorized(): HttpResponse<{ error: { code: string; message: string } }> {
  return HttpResponse.json({ error: { code: 'unauthorized', message: 'nobody is signed in' } }, { status: 401 })
}
