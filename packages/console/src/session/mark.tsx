import type { VNode } from 'preact'

/** The porch light: a lamp under a roof. */
export function Mark(): VNode {
  return (
    <svg data-part="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M3 10.5 12 3l9 7.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
      <path d="M12 8v2.5M8 17.5a4 4 0 0 1 8 0Z" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
      <path
        data-part="glow"
        d="M12 20.4v.1M8.6 20.2l-.6.8M15.4 20.2l.6.8"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
      />
    </svg>
  )
}
