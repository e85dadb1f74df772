import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The widget as a customer sees it, by its accessible names. */
export interface WidgetModel {
  readonly page: Page
  readonly launcher: Locator
  readonly panel: Locator
  readonly composer: Locator
  readonly log: Locator
  readonly open: () => Promise<void>
  readonly send: (text: string) => Promise<void>
  /** Texts of the transcript, in order. */
  readonly texts: () => Promise<string[]>
  /** Errors that the page's console or scripts reported. */
  readonly faults: readonly string[]
}

export function widgetOn(page: Page): WidgetModel {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (
      message.type() === 'error' &&
      !/favicon|ERR_CONNECTION_REFUSED|WebSocket connection|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/.test(message.text())
    )
      faults.push(message.text())
  })
  const launcher = page.getByRole('button', { name: /^Chat with us/ })
  const panel = page.getByRole('dialog', { name: 'Customer support' })
  const composer = panel.getByRole('textbox', { name: 'Message' })
  const log = panel.getByRole('log')
  return {
    page,
    launcher,
    panel,
    composer,
    log,
    faults,
    async open() {
      await launcher.click()
      await panel.waitFor()
    },
    async send(text) {
      await composer.fill(text)
      await panel.getByRole('button', { name: 'Send', exact: true }).click()
    },
    texts: () => log.locator('[data-part="text"]').allInnerTexts()
  }
}

/** Waits until the transcript holds exactly these texts in this order. */
export async function expectTexts(widget: { readonly texts: () => Promise<string[]> }, texts: readonly string[]): Promise<void> {
  await expect.poll(() => widget.texts(), { timeout: 20_000 }).toEqual(texts)
}
