import type { VNode } from 'preact'
import { cleanName, cleanText } from './clean-text.js'
import { parseText } from './parse-text.js'

/** What somebody wrote, with its links. Never becomes HTML. */
export function RichText({ text }: { readonly text: string }): VNode {
  return (
    <>
      {parseText(cleanText(text)).map(({ text: shown, href, host }) =>
        href === undefined ? (
          shown
        ) : (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {cleanName(shown)}
            {host === undefined ? null : <span data-part="host"> ({host})</span>}
          </a>
        )
      )}
    </>
  )
}
