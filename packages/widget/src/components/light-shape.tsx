import type { AvailabilityView } from '@porchlight/core'
import type { VNode } from 'preact'

/** What is cut out of the disc for each state, so that none is told by its colour alone. */
const cuts: Readonly<Partial<Record<AvailabilityView['state'], string>>> = {
  online: '',
  busy: 'M3.5 5.2v1.6h5V5.2Z',
  away: 'M6 2.7a3.3 3.3 0 1 0 0 6.6Z'
}
/** Leaves a ring: nobody is there, or nobody knows. */
const inside = 'M6 2.7a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6Z'

/** The light: a drawing beside the words that say the same. */
export function LightShape({ state }: { readonly state: AvailabilityView['state'] }): VNode {
  return (
    <svg data-part="light" data-state={state} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={`M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z${cuts[state] ?? inside}`} fill="currentColor" fill-rule="evenodd" />
    </svg>
  )
}
