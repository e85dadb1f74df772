import type { VNode } from 'preact'

/** Somebody writes: three dots and the sentence that says so. */
export function TypingDots({ text }: { readonly text: string }): VNode {
  return (
    <p data-part="typing">
      <span data-part="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{text}</span>
    </p>
  )
}
