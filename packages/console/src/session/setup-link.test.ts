import { afterEach, expect, it } from 'vitest'
import { createSetupLink, type SetupLink } from './setup-link.js'

const links: SetupLink[] = []

function linkAt(address: string, storage: Storage | null = sessionStorage): SetupLink {
  history.replaceState(null, '', address)
  const link = createSetupLink(window, storage)
  links.push(link)
  return link
}

afterEach(() => {
  for (const link of links.splice(0)) link.stop()
  sessionStorage.clear()
})

it('takes the token out of the address at once', () => {
  expect(linkAt('/console/?a=1#setup=plx_abc-1').$token.get()).toBe('plx_abc-1')
  expect(location.href).toMatch(/\/console\/\?a=1$/)
})

it('leaves any other fragment alone', () => {
  expect(linkAt('/console/#elsewhere').$token.get()).toBe(null)
  expect(location.hash).toBe('#elsewhere')
})

it('takes the token of a link that is followed while the page is open', () => {
  const link = linkAt('/console/')
  history.replaceState(null, '', '#setup=later')
  dispatchEvent(new HashChangeEvent('hashchange'))
  expect(link.$token.get()).toBe('later')
  expect(location.hash).toBe('')
})

it('keeps the token in this tab through a reload, until it is forgotten', () => {
  linkAt('/console/#setup=kept')
  expect(localStorage.length).toBe(0)
  const again = linkAt('/console/')
  expect(again.$token.get()).toBe('kept')
  again.forget()
  expect(again.$token.get()).toBe(null)
  expect(linkAt('/console/').$token.get()).toBe(null)
  expect(sessionStorage.length).toBe(0)
})

it('keeps the token as long as the page where storage is denied', () => {
  const denied = new Proxy(sessionStorage, {
    get: () => {
      throw new DOMException('denied', 'SecurityError')
    }
  })
  expect(linkAt('/console/#setup=held', denied).$token.get()).toBe('held')
})
