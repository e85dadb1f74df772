import type { OperatorStore } from '../store/operator-store.js'
import type { SiteRegistry } from '../store/site-registry.js'

/** The site of the demo shop: any page on this machine may show its widget. */
const demoSite = { id: 'demo', name: 'Lantern & Loom', origins: ['loopback'], capacity: 7, settings: {} } as const

/** Makes the demo site where it is missing and gives it to the owners. A site that is there stays as it was set. */
export async function ensureDemoSite(sites: SiteRegistry, operators: OperatorStore, nowMs: number): Promise<void> {
  if (sites.get(demoSite.id)) return
  await sites.save(demoSite, nowMs)
  await operators.handOver(demoSite.id)
}
