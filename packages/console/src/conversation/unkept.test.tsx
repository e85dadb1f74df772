import { act, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { openConsole, openRow, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox } from '../../test/rows.js'

const server = useFakeServer()
const words = 'This browser cannot keep your text. Leave this page open until it is sent.'
const line = () => document.getElementById('reply-unkept')?.textContent
const reply = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' })

async function openAnn() {
  server.inbox = anInbox({
    conversations: [aConversation(), aConversation({ c: 'c_2', preview: { text: 'another row', by: 'visitor', at: 2_000 } })]
  })
  const scene = await openConsole(server)
  await openRow(scene, /Where is my parcel/)
  return scene
}

it('T73: a reply that would go with the page says so while it is typed, and no longer than it is so', async () => {
  const { user, connection } = await openAnn()
  await act(async () => connection.$durability.set('memory'))
  expect(line()).toBeUndefined()
  await user.type(reply(), 'It is on')
  expect(line()).toBe(words)
  expect(reply().getAttribute('aria-describedby')).toBe('reply-unkept')
  await act(async () => connection.$durability.set('persistent'))
  expect(line()).toBeUndefined()
})

it('so does one that waits to go out', async () => {
  const { connection } = await openAnn()
  await act(async () => connection.$durability.set('memory'))
  await act(async () => connection.$outbox.set({ count: 1, isFull: false }))
  expect(line()).toBe(words)
  await act(async () => connection.$outbox.set({ count: 0, isFull: false }))
  expect(line()).toBeUndefined()
})

it('it is spoken once, in whichever conversation', async () => {
  const scene = await openAnn()
  const heard: string[] = []
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) heard.push(node.textContent ?? '')
  })
  for (const region of document.querySelectorAll('[aria-live="polite"]')) observer.observe(region, { childList: true })
  await act(async () => scene.connection.$durability.set('memory'))
  await act(async () => scene.connection.$outbox.set({ count: 1, isFull: false }))
  await openRow(scene, /another row/)
  await scene.user.type(reply(), 'And on')
  expect(line()).toBe(words)
  expect(heard.filter((said) => said === words)).toHaveLength(1)
})
