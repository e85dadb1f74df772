import type { Department } from '@porchlight/protocol'

/** Those of some operators who answer in a department; without one, all of them: on the whole site everybody does. */
export function membersOf<T extends { readonly id: string }>(
  operators: readonly T[],
  department: Pick<Department, 'operators'> | undefined
): readonly T[] {
  return department ? operators.filter(({ id }) => department.operators.includes(id)) : operators
}
