import type { Log } from '@porchlight/core'
import { cleanName, TypingDots, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'

/** Says that the other side writes. Its line is always there, so that nothing moves when it fills. */
export function TypingLine({ log, customerName }: { readonly log: Log; readonly customerName: string }): VNode {
  const { text } = useConsole().i18n
  const { operatorId } = useWorkspace()
  const others = useStore(log.$typing).filter(({ id }) => id !== operatorId)
  return (
    <div data-part="typing-line">
      {others.map(({ id, name, role }) => (
        <TypingDots key={id} text={text(role === 'agent' ? 'typing.colleague' : 'typing.one', { name: cleanName(name ?? customerName) })} />
      ))}
    </div>
  )
}
