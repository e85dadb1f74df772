import type { SiteInfo } from '@porchlight/protocol'
import type { SiteRegistry } from '../store/site-registry.js'

/** Whether anybody would receive what a site's customers leave. */
export interface Recipients {
  readonly has: (site: string) => Promise<boolean>
  /** Called when it may have changed, on any site. Returns its stop. */
  readonly onChange: (listener: () => void) => () => void
}

/** What the pages of a site know of it beside who is home. */
export interface SiteInfoService {
  readonly get: (site: string) => Promise<SiteInfo>
  /** Called with what changed for a site's pages. Returns its stop. */
  readonly onChange: (listener: (site: string, info: SiteInfo) => void) => () => void
  readonly stop: () => void
}

/** What site infos are made from. */
export interface SiteInfoOptions {
  readonly sites: Pick<SiteRegistry, 'get' | 'onChange'>
  readonly recipients: Recipients
  /** Mail about requests is sent. */
  readonly isMailing: boolean
  readonly onFault: (error: unknown) => void
}

/** Site infos in memory, each from its first reader on; looked at again when a site or an account changes. */
export function createSiteInfo({ sites, recipients, isMailing, onFault }: SiteInfoOptions): SiteInfoService {
  const known = new Map<string, Promise<SiteInfo>>()
  const listeners = new Set<(site: string, info: SiteInfo) => void>()

  async function read(site: string): Promise<SiteInfo> {
    const { requestForm, words, mailTo } = sites.get(site)?.settings ?? {}
    return {
      ...(requestForm ? { form: requestForm } : {}),
      ...(words ? { words } : {}),
      ...((isMailing && mailTo !== undefined) || (await recipients.has(site)) ? {} : { requests: 'none' as const })
    }
  }

  function get(site: string): Promise<SiteInfo> {
    const found = known.get(site) ?? read(site)
    known.set(site, found)
    // What could not be read is read anew by the next who asks.
    found.catch(() => known.get(site) === found && known.delete(site))
    return found
  }

  async function lookAgain(site: string): Promise<void> {
    const before = known.get(site)
    if (!before) return
    known.delete(site)
    const [old, next] = await Promise.all([before, get(site)])
    if (JSON.stringify(old) !== JSON.stringify(next)) for (const listener of listeners) listener(site, next)
  }

  const stopSites = sites.onChange((site) => void lookAgain(site).catch(onFault))
  const stopRecipients = recipients.onChange(() => {
    for (const site of [...known.keys()]) void lookAgain(site).catch(onFault)
  })
  return {
    get,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop: () => {
      stopSites()
      stopRecipients()
    }
  }
}
