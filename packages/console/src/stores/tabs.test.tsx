import { screen, waitFor, within } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { openConsole, openRow, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox, olive } from '../../test/rows.js'
import { createTabs, type Tabs } from './tabs.js'

const server = useFakeServer()
const isDraft = (key: string): boolean => key.startsWith('porchlight-console:drafts:')

interface OtherTab extends Tabs {
  /** What it heard of sign-outs. */
  readonly told: unknown[]
  readonly leaves: (operatorId: unknown) => void
}

/** Another tab of this browser, on a line that carries at once. */
function anotherTab(): OtherTab {
  const ends = new Map<string, Set<{ readonly channel: object; readonly listener: (event: MessageEvent) => void }>>()
  class Channel {
    name: string
    constructor(name: string) {
      this.name = name
    }
    postMessage(data: unknown): void {
      for (const { channel, listener } of ends.get(this.name) ?? []) if (channel !== this) listener(new MessageEvent('message', { data }))
    }
    addEventListener(_: string, listener: (event: MessageEvent) => void): void {
      ends.set(this.name, (ends.get(this.name) ?? new Set()).add({ channel: this, listener }))
    }
    removeEventListener(_: string, listener: (event: MessageEvent) => void): void {
      for (const end of ends.get(this.name) ?? []) if (end.listener === listener) ends.get(this.name)?.delete(end)
    }
  }
  const line = Channel as unknown as typeof BroadcastChannel
  const there = createTabs(line)
  const told: unknown[] = []
  there.onLeave((operatorId) => told.push(operatorId))
  const tab: OtherTab = { ...createTabs(line), told, leaves: (id) => there.tellLeave(id as string) }
  return tab
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
  expect(Object.keys(localStorage).filter(isDraft)).toHaveLength(1)
  tabs.leaves(olive.id)
  await screen.findByText(/^You are signed out/)
  expect(Object.keys(localStorage).filter(isDraft)).toEqual([])
  expect(location.hash).toBe('')
})

it('also where the session had ended before the word came', async () => {
  const tabs = anotherTab()
  const scene = await writeHalf(tabs)
  scene.session.expire()
  await screen.findByText(/^The session has ended/)
  tabs.leaves(olive.id)
  await screen.findByText(/^You are signed out/)
  expect(Object.keys(localStorage).filter(isDraft)).toEqual([])
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
  expect([Object.keys(localStorage).filter(isDraft), scene.connection.resets.length, tabs.told]).toEqual([[], 1, [olive.id]])
})

it('what is typed on another site is asked about as well before it is deleted', async () => {
  const tabs = anotherTab()
  const scene = await writeHalf(tabs)
  localStorage.setItem(`porchlight-console:drafts:${olive.id}:second:c_7`, 'on another site')
  localStorage.setItem('porchlight-console:drafts:o_2:second:c_7', 'of somebody else')
  await scene.user.click(screen.getByRole('button', { name: 'Sign out' }))
  const question = (await screen.findByText('2 unsent texts will be deleted from this device.')).closest('dialog') as HTMLElement
  expect(tabs.told).toEqual([])
  await scene.user.click(within(question).getByRole('button', { name: 'Sign out', hidden: true }))
  await screen.findByText(/^You are signed out/)
  expect(Object.keys(localStorage).filter(isDraft)).toEqual(['porchlight-console:drafts:o_2:second:c_7'])
})

it('what waits to go out on another site is asked about as well, and goes with the rest', async () => {
  server.me = { ...olive, sites: [...olive.sites, { site: 'second', name: 'Second shop', role: 'agent' }] }
  const { user, connection, elsewhere } = await openConsole(server)
  elsewhere.unsent = 2
  await user.click(await screen.findByRole('button', { name: 'Sign out' }))
  const question = (await screen.findByText('2 unsent texts will be deleted from this device.')).closest('dialog') as HTMLElement
  expect(elsewhere.resets).toHaveLength(0)
  await user.click(within(question).getByRole('button', { name: 'Sign out', hidden: true }))
  await screen.findByText(/^You are signed out/)
  expect([connection.resets.length, elsewhere.resets.length]).toEqual([1, 1])
})

it('where there is no line between tabs, signing out goes on as ever', () => {
  const tabs = createTabs(undefined)
  expect(() => tabs.tellLeave('o_1')).not.toThrow()
  tabs.onLeave(() => undefined)()
})
