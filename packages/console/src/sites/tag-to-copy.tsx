import type { VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { siteTag } from './site-tag.js'

/** What {@link TagToCopy} shows. */
export interface TagToCopyProps {
  readonly site: string
  /** The site has just been made: its tag is what comes next. */
  readonly takesFocus: boolean
}

/** The line that goes into the site's pages, and a button that copies it. Where the browser gives no clipboard the line is marked instead. */
export function TagToCopy({ site, takesFocus }: TagToCopyProps): VNode {
  const { text } = useConsole().i18n
  const [outcome, setOutcome] = useState<'sites.copied' | 'sites.copyByHand' | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const tag = siteTag(location.origin, site)
  useLayoutEffect(() => {
    if (takesFocus) button.current?.focus()
  }, [takesFocus])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(tag)
      setOutcome('sites.copied')
    } catch {
      field.current?.focus()
      field.current?.select()
      setOutcome('sites.copyByHand')
    }
  }
  return (
    <div data-part="tag">
      <label for="site-tag">{text('sites.tag')}</label>
      <textarea id="site-tag" ref={field} readOnly rows={4} dir="ltr" spellcheck={false} aria-describedby="site-tag-hint" value={tag} />
      <p id="site-tag-hint" data-part="hint">
        {text('sites.tagHint')}
      </p>
      <button ref={button} type="button" data-part="secondary" onClick={copy}>
        {text('sites.copy')}
      </button>
      <p role="status" data-part="hint">
        {outcome && text(outcome)}
      </p>
    </div>
  )
}
