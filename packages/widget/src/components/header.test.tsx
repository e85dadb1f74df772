import type { ConnectionState } from '@porchlight/core'
import { act } from '@testing-library/preact'
import { afterEach, describe, expect, test } from 'vitest'
import { aMessage } from '../../test/fake-chat.js'
import { closePanels, openPanel, type PanelLab } from '../../test/panel-lab.js'

afterEach(closePanels)

const cuts: readonly ConnectionState[] = [
  { state: 'waiting', attempt: 1, downSince: 1, deviceOffline: false },
  { state: 'connecting', attempt: 1, downSince: 1, deviceOffline: false },
  { state: 'open', attempt: 0, deviceOffline: true },
  { state: 'failed', attempt: 1, downSince: 1, deviceOffline: false }
]
const live: ConnectionState = { state: 'open', attempt: 0, deviceOffline: false }

function status({ root }: PanelLab) {
  const line = root.querySelector('[data-part="status"]')
  return { words: line?.textContent?.trim(), light: line?.querySelector('[data-part="light"]')?.getAttribute('data-state') }
}

describe('the header', () => {
  test.each(cuts)('says that nobody knows while the connection is $state', async (cut) => {
    const lab = await openPanel()
    expect(status(lab)).toEqual({ words: 'Agents are available now', light: 'online' })
    await act(async () => lab.chat.$connection.set(cut))
    expect(status(lab)).toEqual({ words: '', light: 'unknown' })
    await act(async () => lab.chat.$connection.set(live))
    expect(status(lab)).toEqual({ words: 'Agents are available now', light: 'online' })
  })

  test('names nobody as answering while the connection is cut off', async () => {
    const lab = await openPanel({ messages: [aMessage()], conversation: { assignee: { id: 'ann', name: 'Ann' } } })
    expect(status(lab)).toEqual({ words: 'Now answering: Ann', light: 'online' })
    await act(async () => lab.chat.$connection.set(cuts[0]!))
    expect(status(lab)).toEqual({ words: '', light: 'unknown' })
  })

  test('offers no chat with somebody while the connection is cut off', async () => {
    const lab = await openPanel({ mode: 'request', request: { state: 'draft' } })
    expect(lab.ui.getByRole('button', { name: 'Chat now' })).toBeTruthy()
    await act(async () => lab.chat.$connection.set(cuts[0]!))
    expect(lab.ui.queryByRole('button', { name: 'Chat now' })).toBeNull()
  })

  test('says what was asked ahead of the first connection until that has failed', async () => {
    const lab = await openPanel({ presentation: 'inline', openedBy: 'script', availability: { at: 0 } })
    for (const state of ['idle', 'connecting'] as const) {
      await act(async () => lab.chat.$connection.set({ ...live, state }))
      expect(status(lab).light).toBe('online')
    }
    await act(async () => lab.chat.$connection.set(cuts[0]!))
    expect(status(lab).light).toBe('unknown')
  })
})
