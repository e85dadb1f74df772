import type { BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type ConsoleModel, consoleOn } from '../models/console.model.js'
import { type WidgetModel, widgetOn } from '../models/widget.model.js'
import { closeBrowser, desktop, person, phone } from './browser.js'
import { articleWith, type HostSite, serveHost } from './host-page.js'
import { type ServerProcess, startServer } from './server-process.js'

/** A server, a shop on another origin that carries the tag, and people who come and go. */
export interface Scene {
  readonly server: ServerProcess
  readonly host: HostSite
  /** A customer with a browser of his own, on the shop's page or on another. */
  readonly customer: (device?: 'phone' | 'desktop', url?: string) => Promise<{ readonly widget: WidgetModel; readonly context: BrowserContext }>
  /** An operator with a browser of his own, signed in. */
  readonly operator: () => Promise<{ readonly desk: ConsoleModel; readonly context: BrowserContext }>
}

/** The tag as a site's owner writes it, for the server at `url`. */
export function scriptTag(url: string, attributes = 'data-site="demo"'): string {
  return `<script async src="${url}/v1/porchlight.js" ${attributes}></script>`
}

/** How long a scene stands. */
export interface SceneOptions {
  /** All tests of the file share it. Default: each has its own, because an operator who comes and goes in every one would not be believed any more. */
  readonly isShared?: boolean
}

/** Sets a scene for the tests of a file, and ends it after them. */
export function useScene(environment: Record<string, string> = {}, { isShared = false }: SceneOptions = {}): Scene {
  const begin = isShared ? beforeAll : beforeEach
  const end = isShared ? afterAll : afterEach
  let server: ServerProcess | undefined
  let host: HostSite | undefined
  const contexts: BrowserContext[] = []

  begin(async () => {
    server = await startServer(environment)
    host = await serveHost({ '/': { html: articleWith(scriptTag(server.url)) } })
  })
  end(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    await host?.close()
    await server?.stop()
  })
  afterAll(closeBrowser)

  async function open(device: 'phone' | 'desktop'): Promise<BrowserContext> {
    const context = await person(device === 'phone' ? phone : desktop)
    context.setDefaultTimeout(20_000)
    contexts.push(context)
    return context
  }

  const scene: Scene = {
    get server() {
      return present(server)
    },
    get host() {
      return present(host)
    },
    async customer(device = 'desktop', url = scene.host.url) {
      const context = await open(device)
      const page = await context.newPage()
      const widget = widgetOn(page)
      await page.goto(url)
      return { widget, context }
    },
    async operator() {
      const context = await open('desktop')
      const desk = consoleOn(await context.newPage(), scene.server.url)
      const session = scene.server.sessions.pop()
      if (session === undefined) await desk.signIn()
      else await desk.comeBack(session)
      return { desk, context }
    }
  }
  return scene
}

function present<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('the scene is set before the tests')
  return part
}
