import type { Department } from '@porchlight/protocol'
import type { Site } from '../store/site-registry.js'

/** A department of a site by its name. One that the site does not have, or not any more, is the whole site. */
export function departmentOf(site: Pick<Site, 'settings'> | undefined, name: string | null | undefined): Department | undefined {
  return site?.settings.departments?.find(({ id }) => id === name)
}

/** Everything of a site that answers for itself: the whole site, which is null, and each department by its name. */
export function partsOf(site: Pick<Site, 'settings'> | undefined): readonly (string | null)[] {
  return [null, ...(site?.settings.departments ?? []).map(({ id }) => id)]
}
