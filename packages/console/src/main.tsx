import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { createConnection } from '@porchlight/core'
import { createAnnouncer, createLiveRegions } from '@porchlight/ui'
import { render } from 'preact'
import { App } from './app.js'
import { createSetupLink } from './session/setup-link.js'
import { createSettingsDrafts } from './settings/settings-drafts.js'
import { createAddress } from './stores/address.js'
import { createClock } from './stores/clock.js'
import { createDesk } from './stores/desk.js'
import { chooseLocale, loadLanguage } from './stores/language.js'
import { createPreferences } from './stores/preferences.js'
import { createProblems } from './stores/problems.js'
import { readTicket } from './stores/read-rows.js'
import { createSession } from './stores/session.js'
import { createTabs } from './stores/tabs.js'

/** A storage of the browser; null where it is denied, which only shows when it is touched. */
function storage(name: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[name]
  } catch {
    return null
  }
}

async function start(root: HTMLElement): Promise<void> {
  const session = createSession({ setupLink: createSetupLink(window, storage('sessionStorage')) })
  const preferences = createPreferences(storage('localStorage'))
  const i18n = await loadLanguage(chooseLocale(navigator.languages))
  document.documentElement.lang = i18n.locale.replace(/-u-.*/, '')
  document.documentElement.dir = i18n.direction

  const regions = createLiveRegions()
  document.body.append(regions.element)
  const { announce } = createAnnouncer(() => regions)

  const desk = createDesk({
    session,
    preferences,
    address: createAddress(window),
    tabs: createTabs(globalThis.BroadcastChannel),
    storage: storage('localStorage'),
    connect: (me, site) => {
      const credential = () => session.api.exchange({ method: 'POST', path: '/api/tickets', body: { site } }, readTicket)
      const adapter = porchlightAdapter({ server: location.origin, site, credential })
      // What waits unsent on this device belongs to one operator, also where several share a browser.
      return createConnection({ adapter: { ...adapter, scope: `${adapter.scope}:${me.id}` }, locale: i18n.locale })
    }
  })

  const settingsDrafts = createSettingsDrafts(session.$session)
  const problems = createProblems(i18n, announce)
  render(<App services={{ session, desk, preferences, settingsDrafts, i18n, announce, problems, $now: createClock() }} />, root)
  await session.load()
}

const root = document.getElementById('console')
if (root) void start(root)
