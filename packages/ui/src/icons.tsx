import type { VNode } from 'preact'

/** Outlines on a 24-unit square, drawn with a round pen in the colour of the text. */
const outlines = {
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4.5 12h14M12.5 5.5 19 12l-6.5 6.5',
  down: 'M12 5v13M6 12.5 12 18.5l6-6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2 12.5 6.5 17 16 7.5M11.5 16.5l.5.5 9.5-9.5',
  clock: 'M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  alert: 'M12 7.5v5.5M12 16.5v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  back: 'M19.5 12h-14M11.5 5.5 5 12l6.5 6.5',
  chat: 'M4 5.5h16v11h-9.5L6 20v-3.5H4Z'
} as const

/** Names of the drawings. */
export type IconName = keyof typeof outlines

/** A drawing beside a text or a name; never the only carrier of a meaning. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg data-icon={name} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={outlines[name]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}
