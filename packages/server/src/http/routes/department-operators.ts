import type { Department } from '@porchlight/protocol'
import type { Site } from '../../store/site-registry.js'
import { InvalidRequest } from '../validation.js'

/** Refuses departments that name somebody who is no operator of the site, each at its place. @throws {InvalidRequest} */
export function refuseStrangers(departments: readonly Department[], members: readonly { readonly id: string }[]): void {
  const known = new Set(members.map(({ id }) => id))
  const fields = departments.flatMap(({ operators }, index) =>
    operators.flatMap((id, place) =>
      known.has(id) ? [] : [{ field: `departments.${index}.operators.${place}`, problem: 'is no operator of this site' }]
    )
  )
  if (fields.length > 0) throw new InvalidRequest('body', fields)
}

/** The site after somebody has left it; undefined where no department named him. What stays can be sent back as it is. */
export function withoutOperator(site: Site, operatorId: string): Site | undefined {
  const { departments = [] } = site.settings
  if (!departments.some(({ operators }) => operators.includes(operatorId))) return undefined
  const left = departments.map((department) => ({ ...department, operators: department.operators.filter((id) => id !== operatorId) }))
  return { ...site, settings: { ...site.settings, departments: left } }
}
