import type { ChangeSiteBody, Department, SiteHours } from '@porchlight/protocol'
import { nameToId } from './name-to-id.js'

/** A department as somebody types it. */
export interface DepartmentValues {
  /** The same while it is on the page; of one that is kept, its id. */
  readonly key: string
  readonly id: string
  /** Typed by hand: the name makes it no more. */
  readonly isIdTyped: boolean
  readonly name: string
  /** Ids. */
  readonly operators: readonly string[]
  readonly hours: 'site' | 'always' | 'own'
  /** Hours that were set elsewhere. They go back as they came, as long as `hours` is `own`. */
  readonly ownHours: SiteHours | null
}

/** The departments of a site, in their order. */
export type DepartmentsValues = readonly DepartmentValues[]

let keysMade = 0

/** One more, with nothing in it. */
export function newDepartment(): DepartmentValues {
  keysMade += 1
  return { key: `new ${keysMade}`, id: '', isIdTyped: false, name: '', operators: [], hours: 'site', ownHours: null }
}

/** What is kept, to be changed. */
export function departmentsValues(departments: readonly Department[]): DepartmentsValues {
  return departments.map(({ id, name, operators, hours }) => ({
    ...{ key: id, id, name, operators, isIdTyped: true },
    hours: hours === undefined ? 'site' : hours === null ? 'always' : 'own',
    ownHours: hours ?? null
  }))
}

/** What the server is told. */
export function departmentsBody(values: DepartmentsValues): ChangeSiteBody {
  return {
    departments: values.map(({ id, name, operators, hours, ownHours }) => ({
      ...{ id: id.trim(), name: name.trim(), operators },
      ...(hours !== 'site' && { hours: hours === 'own' ? ownHours : null })
    }))
  }
}

/** Under another name; the public one goes along until it is typed by hand or kept. */
export function renamed(department: DepartmentValues, name: string): DepartmentValues {
  return { ...department, name, ...(!department.isIdTyped && { id: nameToId(name) }) }
}
