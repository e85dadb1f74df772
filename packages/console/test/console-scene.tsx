import type { ConversationRow, InboxSnapshot, Me, RequestRow, SiteRow } from '@porchlight/protocol'
import { createAnnouncer, createLiveRegions } from '@porchlight/ui'
import { act, cleanup, render, screen } from '@testing-library/preact'
import { HttpResponse, http, type RequestHandler } from 'msw'
import { setupServer } from 'msw/node'
import { atom, type WritableAtom } from 'nanostores'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { App } from '../src/app.js'
import { createSetupLink } from '../src/session/setup-link.js'
import { createSettingsDrafts } from '../src/settings/settings-drafts.js'
import { createAddress } from '../src/stores/address.js'
import { createDesk, type Desk } from '../src/stores/desk.js'
import { loadLanguage } from '../src/stores/language.js'
import { createPreferences } from '../src/stores/preferences.js'
import { createProblems } from '../src/stores/problems.js'
import { createSession, type Session } from '../src/stores/session.js'
import { createTabs, type Tabs } from '../src/stores/tabs.js'
import { type FakeConnection, fakeConnection } from './fake-connection.js'
import { aPerson, type Person } from './person.js'
import { anInbox, olive, shop } from './rows.js'

/** What the server of a scene answers, and what it was asked to change. */
export interface FakeServer {
  me: Me | null
  inbox: InboxSnapshot
  /** Nobody answers who asks for the session. */
  isDown: boolean
  /** Status and body of the next sign-in; null signs in. */
  refusal: { readonly status: number; readonly body: unknown } | null
  /** What every other change is answered with; null does it. */
  fault: { readonly status: number; readonly code: string } | null
  needsSetup: boolean
  /** What the question for the sites is answered with; null answers it. */
  sitesFault: { readonly status: number; readonly code: string } | null
  sites: readonly SiteRow[]
  /** Rows that the lists are too short for. */
  older: readonly (ConversationRow | RequestRow)[]
  /** What the question for one of them is answered with; null answers it. */
  olderFault: { readonly status: number; readonly code: string } | null
  readonly changes: { readonly call: string; readonly body: unknown; readonly header: string | null }[]
}

/** The whole console on a connection that a test drives. */
export interface Scene {
  readonly user: Person
  readonly server: FakeServer
  readonly connection: FakeConnection
  /** The connection of any other site but `shop`. */
  readonly elsewhere: FakeConnection
  readonly session: Session
  readonly desk: Desk
  /** The page is loaded again in the same tab. */
  readonly reload: () => Promise<void>
}

export const $now: WritableAtom<number> = atom(Date.UTC(2026, 10, 22, 12))

/** What the pages of the running test still hold on to. */
const stops: (() => void)[] = []

function end(): void {
  for (const stop of stops.splice(0)) stop()
}

/** Answers the console's calls; installed for the whole test file. What a test file answers itself goes before. */
export function useFakeServer(own: readonly RequestHandler[] = []): FakeServer {
  const state: FakeServer = {
    me: olive,
    inbox: anInbox(),
    isDown: false,
    refusal: null,
    fault: null,
    needsSetup: false,
    sitesFault: null,
    sites: [shop],
    older: [],
    olderFault: null,
    changes: []
  }
  const server = setupServer(
    ...own,
    http.get('*/api/session', () => (state.isDown ? HttpResponse.error() : state.me ? HttpResponse.json(state.me) : unauthorized())),
    http.get('*/api/setup', () => HttpResponse.json({ needed: state.needsSetup })),
    http.get('*/api/sites', () =>
      state.sitesFault ? failure(state.sitesFault.status, state.sitesFault.code) : HttpResponse.json({ sites: state.sites })
    ),
    http.get('*/api/sites/:site', ({ params }) => {
      const row = state.sites.find(({ site }) => site === params['site'])
      return row ? HttpResponse.json({ ...row, hours: null }) : failure(404, 'not_found')
    }),
    http.get('*/api/sites/:site/inbox', () => HttpResponse.json(state.inbox)),
    http.get('*/api/sites/:site/:list/:id', ({ params: { list, id } }) => {
      if (state.olderFault) return failure(state.olderFault.status, state.olderFault.code)
      const row = state.older.find((each) => ('id' in each ? list === 'requests' && each.id === id : list === 'conversations' && each.c === id))
      return row ? HttpResponse.json(row) : failure(404, list === 'requests' ? 'not_found' : 'conversation_gone')
    }),
    http.all('*/api/*', async ({ request }) => {
      const path = new URL(request.url).pathname
      const body: unknown = await request.json().catch(() => null)
      state.changes.push({ call: `${request.method} ${path}`, body, header: request.headers.get('x-porchlight') })
      if (request.method === 'POST' && (path === '/api/session' || path === '/api/setup')) {
        if (state.refusal) return HttpResponse.json(state.refusal.body as object, { status: state.refusal.status })
        state.me = olive
        state.needsSetup = false
      } else if (state.fault) return failure(state.fault.status, state.fault.code)
      return HttpResponse.json(saveSite(state, path, body))
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
    end()
    history.replaceState(null, '', '/')
    document.body.replaceChildren()
    sessionStorage.clear()
    localStorage.clear()
    const calm = { isDown: false, refusal: null, fault: null, sitesFault: null, olderFault: null, needsSetup: false }
    Object.assign(state, { ...calm, me: olive, inbox: anInbox(), sites: [shop], older: [] })
    state.changes.length = 0
  })
  afterAll(() => server.close())
  return state
}

/** Makes or changes a site, as a whole server would; an empty answer to anything else. */
function saveSite(state: FakeServer, path: string, body: unknown): object {
  const [, id] = /^\/api\/sites(?:\/([\w-]+))?$/.exec(path) ?? ['', null]
  if (id === null) return {}
  const old = state.sites.find(({ site }) => site === id)
  const row = { ...old, role: 'owner', ...(body as object) } as SiteRow
  state.sites = old ? state.sites.map((each) => (each === old ? row : each)) : [...state.sites, row]
  if (state.me) state.me = { ...state.me, sites: state.sites.map(({ site, name, role }) => ({ site, name, role })) }
  return row
}

/** Shows the console as `server` answers. */
export async function openConsole(server: FakeServer, options: { readonly setupToken?: string; readonly tabs?: Tabs } = {}): Promise<Scene> {
  const connection = fakeConnection()
  const elsewhere = fakeConnection()
  const user = aPerson()
  end()
  const start = async () => {
    const setupLink = createSetupLink(window, sessionStorage)
    const session = createSession({ setupLink })
    const preferences = createPreferences(localStorage)
    const address = createAddress(window)
    const desk = createDesk({
      session,
      preferences,
      address,
      tabs: options.tabs ?? createTabs(undefined),
      storage: localStorage,
      connect: (_, site) => (site === shop.site ? connection : elsewhere)
    })
    const settingsDrafts = createSettingsDrafts(session.$session)
    stops.push(desk.stop, address.stop, setupLink.stop, settingsDrafts.stop)
    const regions = createLiveRegions()
    document.body.append(regions.element)
    const { announce } = createAnnouncer(() => regions)
    const i18n = await loadLanguage('en-GB')
    render(<App services={{ session, desk, preferences, settingsDrafts, i18n, announce, problems: createProblems(i18n, announce), $now }} />)
    await session.load()
    return { session, desk }
  }
  if (options.setupToken !== undefined) history.replaceState(null, '', `#setup=${options.setupToken}`)
  const { session, desk } = await start()
  return {
    user,
    server,
    connection,
    elsewhere,
    session,
    desk,
    reload: async () => {
      cleanup()
      end()
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

function failure(status: number, code: string): HttpResponse<{ error: { code: string; message: string } }> {
  return HttpResponse.json({ error: { code, message: 'for developers' } }, { status })
}

function unauthorized(): ReturnType<typeof failure> {
  return failure(401, 'unauthorized')
}
