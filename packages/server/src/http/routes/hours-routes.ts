import { HoursPreviewBodySchema, HoursPreviewSchema } from '@porchlight/protocol'
import { previewHours } from '../../hours/preview.js'
import { createZoneOffset } from '../../hours/zone-offset.js'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { SitePath } from '../path-schemas.js'

/** Opening hours before they are saved. */
export function hoursRoutes({ clock }: Pick<ApiContext, 'clock'>): readonly ApiRoute[] {
  return [
    apiRoute({
      method: 'POST',
      path: '/api/sites/:site/hours/preview',
      action: 'hours.preview',
      summary: 'Shows what customers would see of opening hours in the next two weeks. Changes nothing.',
      params: SitePath,
      body: HoursPreviewBodySchema,
      answers: { 200: HoursPreviewSchema },
      async run({ body: { hours } }) {
        // What a caller names is not kept: zones have many spellings, and each would stay.
        const zoneOffset = createZoneOffset()
        return previewHours(hours, clock.now(), (instantMs) => zoneOffset(hours.zone, instantMs))
      }
    })
  ]
}
