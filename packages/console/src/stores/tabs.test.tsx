import { screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { openConsole, openRow, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox, olive } from '../../test/rows.js'
import { createTabs, type Tabs } from './tabs.js'

const server = useFakeServer()

/** The other tab of this browser, and what this one told it. */
function anotherTab(): Tabs & { readonly told: string[]; readonly leaves: (operatorId: unknown) => void } {
  const ends = new Set<(event: MessageEvent) => void>()
  const told: string[] = []
  class Channel {
    postMessage(data: string): void {
      told.push(data)
    }
    addEventListener(_: string, listener: (event: MessageEvent) => void): void {
      ends.add(listener)
    }
    removeEventListener(_: string, listener: (event: MessageEvent) => void): void {
      ends.delete(listener)
    }
  }
  const leaves = (data: unknown): void => {
    for (const listener of ends) listener(new MessageEvent('message', { data }))
  }
  return { ...createTabs(Channel as unknown as typeof BroadcastChannel), told, leaves }
}

async function writeHalf(tabs: Tabs): Promise<Scene> {
  server.inbox = anInbox({ conversations: [aConversation()] })
  const scene = await openConsole(server, { tabs })
  await openRow(scene, /Where is my parcel/)
  await scene.user.keyboard('half a word')
  return scene
}

it('who signs out in one tab leaves nothing typed in the others', async () => {
  const tabs = anotherTab()
  await writeHalf(tabs)
  expect(Object.keys(sessionStorage)).toHaveLength(1)
  tabs.leaves(olive.id)
  await screen.findByText(/^You are signed out/)
  expect(Object.keys(sessionStorage)).toEqual([])
  expect(location.hash).toBe('')
})

it('also where the session had ended before the word came', async () => {
  const tabs = anotherTab()
  const scene = await writeHalf(tabs)
  scene.session.expire()
  await screen.findByText(/^The session has ended/)
  tabs.leaves(olive.id)
  await screen.findByText(/^You are signed out/)
  expect(Object.keys(sessionStorage)).toEqual([])
})

it('somebody else’s leave, or a message that is none, changes nothing', async () => {
  const tabs = anotherTab()
  await writeHalf(tabs)
  tabs.leaves('o_2')
  tabs.leaves({ not: 'an id' })
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' }).value).toBe('half a word')
})

it('tells the other tabs, once the server knows', async () => {
  const tabs = anotherTab()
  const { user } = await openConsole(server, { tabs })
  await user.click(await screen.findByRole('button', { name: 'Sign out' }))
  await waitFor(() => expect(tabs.told).toEqual([olive.id]))
})

it('tells nobody, and keeps what was typed, when the server cannot be told', async () => {
  const tabs = anotherTab()
  const scene = await writeHalf(tabs)
  server.fault = { status: 503, code: 'store_unavailable' }
  await scene.desk.signOut().catch(() => undefined)
  expect(tabs.told).toEqual([])
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' }).value).toBe('half a word')
})

it('a session that had ended already is left all the same, with everything that was typed', async () => {
  const tabs = anotherTab()
  const scene = await writeHalf(tabs)
  server.fault = { status: 401, code: 'unauthorized' }
  await scene.desk.signOut()
  await screen.findByText(/^You are signed out/)
  expect([Object.keys(sessionStorage), scene.connection.resets.length, tabs.told]).toEqual([[], 1, [olive.id]])
})

it('where there is no line between tabs, signing out goes on as ever', () => {
  const tabs = createTabs(undefined)
  expect(() => tabs.tellLeave('o_1')).not.toThrow()
  tabs.onLeave(() => undefined)()
})
