import { afterEach, expect, test, vi } from 'vitest'
import { watchRemoval } from './watch-removal.js'

let stop: (() => void) | undefined

afterEach(() => stop?.())

async function observed(): Promise<void> {
  await new Promise((next) => setTimeout(next))
}

test('an element hears that it was taken out, even with the whole root element, until it is stopped', async () => {
  const element = document.documentElement.appendChild(document.createElement('div'))
  const root = document.documentElement
  const removed = vi.fn()
  stop = watchRemoval(element, removed)
  document.body.append('more')
  await observed()
  expect(removed).not.toHaveBeenCalled()

  element.remove()
  await observed()
  expect(removed).toHaveBeenCalledTimes(1)

  root.append(element)
  const other = document.createElement('html')
  root.replaceWith(other)
  await observed()
  expect(removed).toHaveBeenCalledTimes(2)

  other.append(element)
  await observed()
  stop()
  element.remove()
  await observed()
  expect(removed).toHaveBeenCalledTimes(2)
  other.replaceWith(root)
})
