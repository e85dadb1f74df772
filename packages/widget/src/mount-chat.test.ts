import '../test/shell-lab.js'
import { createMemoryBackend, type MemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
import { act } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { mountChat } from './mount-chat.js'
import type { ChatWidget } from './shell/widget.types.js'

let backend: MemoryBackend
let chat: ChatWidget | undefined

beforeEach(() => {
  backend = createMemoryBackend()
  backend.operator({ name: 'Ben' }).available(true)
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly callback: (entries: readonly { readonly isIntersecting: boolean }[]) => void
      constructor(callback: (entries: readonly { readonly isIntersecting: boolean }[]) => void) {
        this.callback = callback
      }
      observe(): void {
        this.callback([{ isIntersecting: true }])
      }
      disconnect(): void {}
    }
  )
})

afterEach(() => {
  chat?.destroy()
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

function host(): HTMLElement | null {
  return document.querySelector('porchlight-chat')
}

describe('mountChat', () => {
  test('floats a chat on any adapter, under the root element', async () => {
    chat = mountChat({ adapter: memoryAdapter({ backend }), color: '#0b7a4b', position: 'start', locale: undefined })
    expect(host()?.parentNode).toBe(document.documentElement)
    expect(host()?.dataset).toMatchObject({ color: '#0b7a4b', position: 'start' })
    await vi.waitFor(() => expect(chat?.availability()).toMatchObject({ state: 'online' }))
    await act(async () => chat?.open())
    expect(host()?.shadowRoot?.querySelector('dialog')).not.toBeNull()
  })

  test('leaves the page as it was', async () => {
    const before = document.documentElement.outerHTML
    window.Porchlight = [['open']]
    chat = mountChat({ adapter: memoryAdapter({ backend }) })
    await act(async () => chat?.open())
    chat.destroy()
    expect(document.documentElement.outerHTML).toBe(before)
    expect(window.Porchlight).toEqual([['open']])
    delete window.Porchlight
  })

  test('draws a chat in an element of the page, and gives back what stood there', async () => {
    const column = document.body.appendChild(document.createElement('div'))
    column.append('help@shop.example')
    chat = mountChat({ adapter: memoryAdapter({ backend }), element: column, fallbackHref: '/help' })
    expect(host()?.parentNode).toBe(column)
    expect(host()?.getAttribute('fallback-href')).toBe('/help')
    await vi.waitFor(() => expect(host()?.shadowRoot?.querySelector('section')).not.toBeNull())
    await act(async () => chat?.destroy())
    expect(column.innerHTML).toBe('help@shop.example')
  })

  test('speaks another language when it is asked to', async () => {
    chat = mountChat({ adapter: memoryAdapter({ backend }), locale: 'ru' })
    await act(async () => chat?.open())
    expect(host()?.shadowRoot?.querySelector('h2')?.textContent).toBe('Служба поддержки')
  })

  test.each([false, true])('is for a department: so is what its light asks and what it connects to (in the page itself: %s)', async (isInline) => {
    const memory = memoryAdapter({ backend })
    const light = vi.fn(memory.light!)
    const connect = vi.fn(memory.connect)
    const element = isInline ? document.body.appendChild(document.createElement('div')) : undefined
    chat = mountChat({ adapter: { ...memory, light, connect }, element, locale: 'en', department: 'sales' })
    await vi.waitFor(() => expect(light).toHaveBeenCalledWith(expect.anything(), 'en', 'sales'))
    await act(async () => chat?.open())
    await vi.waitFor(() => expect(connect).toHaveBeenCalledWith(expect.objectContaining({ department: 'sales' })))
  })
})
