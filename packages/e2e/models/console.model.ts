import type { Locator, Page } from 'playwright-core'
import { owner } from '../harness/server-process.js'

/** The operators' console, by its accessible names. */
export interface ConsoleModel {
  readonly page: Page
  readonly available: Locator
  readonly conversations: Locator
  readonly requests: Locator
  readonly log: Locator
  readonly reply: Locator
  readonly signIn: () => Promise<void>
  /** Opens the console, connected, in a browser that has signed in before; `session` is its cookie, as `name=value`. */
  readonly comeBack: (session: string) => Promise<void>
  readonly setAvailable: (on: boolean) => Promise<void>
  /** Opens the conversation or request whose row holds the text. */
  readonly select: (text: string) => Promise<void>
  readonly send: (text: string) => Promise<void>
  readonly texts: () => Promise<string[]>
}

export function consoleOn(page: Page, url: string): ConsoleModel {
  const available = page.getByRole('switch', { name: 'Available' })
  const conversations = page.getByRole('list', { name: 'Conversations' })
  const requests = page.getByRole('list', { name: 'Requests' })
  const log = page.getByRole('log')
  const reply = page.getByRole('textbox', { name: 'Reply' })
  return {
    page,
    available,
    conversations,
    requests,
    log,
    reply,
    async signIn() {
      await page.goto(`${url}/console`)
      await page.getByRole('textbox', { name: 'Email' }).fill(owner.email)
      await page.getByLabel('Password').fill(owner.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await conversations.waitFor()
    },
    async comeBack(session) {
      const [name = '', value = ''] = session.split('=')
      await page.context().addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }])
      // The first frame from the server is its greeting: from then on he is there.
      const greeted = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'))
      await page.goto(`${url}/console`)
      await Promise.all([greeted, conversations.waitFor()])
    },
    async setAvailable(on) {
      if (((await available.getAttribute('aria-checked')) === 'true') !== on) await available.click()
      await page.locator(`[role="switch"][aria-checked="${on}"]`).waitFor()
    },
    async select(text) {
      await page.getByRole('listitem').filter({ hasText: text }).first().click()
    },
    async send(text) {
      await reply.fill(text)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
    },
    texts: () => log.locator('[data-part="text"]').allInnerTexts()
  }
}
