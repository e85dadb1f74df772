import { textIn } from '@porchlight/protocol'
import { Icon, RichText, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { usePanel } from '../panel/panel-context.js'

/** How long the button says that it has copied. */
const copiedMs = 2_000
const mark = '\u0000'

/** What a confirmation is of. */
export interface ConfirmationProps {
  readonly reference: string
  /** Where the customer can be reached, too. */
  readonly contact: string | undefined
  /** The request's place in the log. */
  readonly order: number
}

/** A request that is kept: its number, where the answer will come, and whether it has. A row of the transcript, because it is part of the history. */
export function Confirmation({ reference, contact, order }: ConfirmationProps): VNode {
  const { chat, i18n } = usePanel()
  const { opensAt } = useStore(chat.$availability)
  const isJustNow = useStore(chat.$request).receipt?.reference === reference
  const { accepted } = useStore(chat.$site).words ?? {}
  const isAnswered = useStore(chat.$messages).some((message) => message.order > order && message.k === 'text' && message.by.role === 'agent')
  const number = useRef<HTMLElement>(null)
  // The number is set apart from its sentence, whichever way the sentence runs.
  const [before, after] = i18n.text('done.ref', { ref: mark }).split(mark)
  return (
    <li data-part="confirmation">
      <span data-part="emblem">
        <Icon name="check" />
      </span>
      <h3 tabIndex={-1}>{i18n.text('done.title')}</h3>
      <p data-part="reference">
        {before}
        <b ref={number} dir="ltr">
          {reference}
        </b>
        {after}
      </p>
      <p>{i18n.text(isAnswered ? 'done.answered' : 'done.waiting')}</p>
      <CopyButton text={reference} source={() => number.current} />
      {contact ? <p>{i18n.text('done.contact', { contact })}</p> : null}
      {isJustNow && accepted ? (
        <p dir="auto">
          <RichText text={textIn(accepted, i18n.locale)} />
        </p>
      ) : null}
      {isJustNow && opensAt !== undefined ? <p>{i18n.text('status.opensAt', { when: i18n.moment(opensAt, Date.now()) })}</p> : null}
    </li>
  )
}

function CopyButton({ text, source }: { readonly text: string; readonly source: () => Node | null }): VNode {
  const { i18n, announce } = usePanel()
  const [isCopied, setCopied] = useState(false)

  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), copiedMs)
    return () => clearTimeout(timer)
  }, [isCopied])

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      announce(i18n.text('done.copied'))
    } catch {
      // Plain http and some policies have no clipboard: what is selected can be copied by hand.
      const node = source()
      if (node) getSelection()?.selectAllChildren(node)
    }
  }

  return (
    <button type="button" data-part="text-button" onClick={copy}>
      <Icon name={isCopied ? 'check' : 'copy'} />
      {i18n.text(isCopied ? 'done.copied' : 'done.copy')}
    </button>
  )
}
