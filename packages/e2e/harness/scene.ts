import type { BrowserContext } from 'playwright-core'
import { type ConsoleModel, consoleOn } from '../models/console.model.js'
import { type WidgetModel, widgetOn } from '../models/widget.model.js'
import { desktop, person, phone } from './browser.js'
import { articleWith, type HostSite, serveHost } from './host-page.js'
import { type ServerProcess, startServer } from './server-process.js'

/** A server, a shop on another origin that carries the tag, and people who come and go. */
export interface Scene {
  readonly server: ServerProcess
  readonly host: HostSite
  /** A customer with a browser of his own, on the shop's page. */
  readonly customer: (device?: 'phone' | 'desktop') => Promise<{ readonly widget: WidgetModel; readonly context: BrowserContext }>
  /** An operator with a browser of his own, signed in. */
  readonly operator: () => Promise<{ readonly desk: ConsoleModel; readonly context: BrowserContext }>
  readonly end: () => Promise<void>
}

/** Sets a scene; end it in `afterAll` or `afterEach`. */
export async function setScene(environment: Record<string, string> = {}): Promise<Scene> {
  const server = await startServer(environment)
  const tag = `<script async src="${server.url}/v1/porchlight.js" data-site="demo"></script>`
  const host = await serveHost({ '/': { html: articleWith(tag) } })
  const contexts: BrowserContext[] = []

  async function open(device: 'phone' | 'desktop'): Promise<BrowserContext> {
    const context = await person(device === 'phone' ? phone : desktop)
    context.setDefaultTimeout(20_000)
    contexts.push(context)
    return context
  }

  return {
    server,
    host,
    async customer(device = 'desktop') {
      const context = await open(device)
      const page = await context.newPage()
      const widget = widgetOn(page)
      await page.goto(host.url)
      return { widget, context }
    },
    async operator() {
      const context = await open('desktop')
      const desk = consoleOn(await context.newPage(), server.url)
      await desk.signIn()
      return { desk, context }
    },
    async end() {
      await Promise.all(contexts.map((context) => context.close()))
      await host.close()
      await server.stop()
    }
  }
}
