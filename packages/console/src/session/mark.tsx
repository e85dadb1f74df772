import type { VNode } from 'preact'

/** The porch light: a bulb under a roof. */
export function Mark(): VNode {
  return (
    <svg data-part="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M2.5 11.5 12 3l9.5 8.5M12 8v3" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" />
      <circle data-part="bulb" cx="12" cy="16" r="5" />
    </svg>
  )
}
