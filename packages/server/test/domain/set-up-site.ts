import type { Department } from '@porchlight/protocol'
import type { Site } from '../../src/store/site-registry.js'
import type { Stage } from './stage.js'

/** Changes what the owner of the shop may set, and lets it take effect. */
export async function setUpSite(
  { world, clock }: Pick<Stage, 'world' | 'clock'>,
  {
    departments,
    hours,
    capacity,
    requestTargetMs
  }: {
    readonly departments?: readonly Department[]
    readonly hours?: Site['settings']['hours']
    readonly capacity?: number
    readonly requestTargetMs?: number
  }
): Promise<void> {
  const site = world.domain.sites.get('shop')
  if (!site) throw new Error('no such site')
  const kept = { ...site.settings, ...(departments ? { departments } : {}), ...(hours ? { hours } : {}) }
  const settings = requestTargetMs === undefined ? kept : { ...kept, requestTargetMs }
  await world.domain.sites.save({ ...site, capacity: capacity ?? site.capacity, settings }, clock.now())
  await clock.advance(0)
}
