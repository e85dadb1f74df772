import '../../test/shell-lab.js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ChatElement, LoadChunk } from '../shell/shell.types.js'

const upgraded: Element[] = []
const asked: string[] = []
let arrive: () => void

beforeEach(() => {
  vi.stubGlobal('__ASSETS__', { poll: 'assets/poll.js', inline: 'assets/inline-abc.js', locales: {} })
  upgraded.length = asked.length = 0
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

/** Hands out the inline part once `arrive` is called. */
function slowly(): LoadChunk {
  const chunk = { upgradeInline: ({ element }: { readonly element: ChatElement }) => upgraded.push(element) }
  return ((name: string) => {
    asked.push(name)
    return new Promise((resolve) => {
      arrive = () => resolve(chunk)
    })
  }) as unknown as LoadChunk
}

function inPage(attributes: Readonly<Record<string, string>>): ChatElement {
  const element = document.body.appendChild(document.createElement('porchlight-chat'))
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

test('an element that left while the inline part was loading gets no chat', async () => {
  const { upgrade } = await import('./headless.js')
  const element = inPage({ site: 'shop', server: 'https://chat.example.com' })
  const upgrading = upgrade(element, slowly())
  expect(asked).toEqual(['assets/inline-abc.js'])
  element.remove()
  arrive()
  await upgrading
  expect(upgraded).toEqual([])
})

test.each([{ backend: 'xmpp' }, { backend: 'elsewhere' }])(
  '$backend is said to be unsupported, and what the page wrote stays',
  async ({ backend }) => {
    const { upgrade } = await import('./headless.js')
    const element = inPage({ site: 'shop', server: 'https://chat.example.com', backend })
    const faults: unknown[] = []
    element.addEventListener('porchlight:error', (event) => faults.push((event as CustomEvent).detail))
    const upgrading = upgrade(element, slowly())
    arrive()
    await upgrading
    expect(faults).toEqual([{ code: 'unsupported', message: `backend ${backend} is not supported` }])
    expect(upgraded).toEqual([])
    expect(asked).toEqual([])
  }
)
