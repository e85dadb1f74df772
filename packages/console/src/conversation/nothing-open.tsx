import { Icon } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import type { AddressFollower } from '../stores/follow-address.js'
import type { MessageKey } from '../stores/language.js'
import { useFocusTarget } from '../use-focus-target.js'

type Lookup = ReturnType<AddressFollower['$lookup']['get']>

const words: Readonly<Record<Lookup, { readonly title: MessageKey; readonly hint?: MessageKey }>> = {
  done: { title: 'thread.none', hint: 'thread.noneHint' },
  looking: { title: 'app.loading' },
  missing: { title: 'thread.missing', hint: 'thread.missingHint' }
}

/** The place of the conversation while there is none: why, and what to do. */
export function NothingOpen({ lookup }: { readonly lookup: Lookup }): VNode {
  const { text } = useConsole().i18n
  const workspace = useWorkspace()
  const heading = useRef<HTMLHeadingElement>(null)
  useFocusTarget('thread', () => heading.current)
  const { title, hint } = words[lookup]
  return (
    <section data-part="thread" data-pane="thread" aria-label={text('thread.title')}>
      <div data-part="nothing">
        <button type="button" data-part="back" onClick={() => workspace.showPane('inbox', 'row')}>
          <Icon name="back" />
          <span data-part="hidden">{text('thread.back')}</span>
        </button>
        <h2 ref={heading} tabIndex={-1}>
          {text(title)}
        </h2>
        {hint ? <p>{text(hint)}</p> : null}
      </div>
    </section>
  )
}
