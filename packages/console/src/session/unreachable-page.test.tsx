import { act, screen } from '@testing-library/preact'
import { expect, it, vi } from 'vitest'
import { openConsole, useFakeServer } from '../../test/console-scene.js'

const server = useFakeServer()

it('a server that cannot be reached is asked again by itself, without moving the focus', async () => {
  server.isDown = true
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { session } = await openConsole(server)
  await act(() => undefined)
  const again = screen.getByRole('button', { name: 'Try again' })
  again.focus()
  await act(() => session.load())
  expect(document.activeElement).toBe(again)
  server.isDown = false
  vi.advanceTimersByTime(5_000)
  vi.useRealTimers()
  await screen.findByRole('list', { name: 'Conversations' })
})
