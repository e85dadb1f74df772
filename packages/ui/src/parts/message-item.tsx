import type { ComponentChildren, VNode } from 'preact'
import { RichText } from '../text/rich-text.js'

/** How far an own message came. */
export type ReceiptState = 'pending' | 'sent' | 'delivered' | 'read' | 'failed'

/** A message as both sides of the conversation draw it. */
export interface MessageItemProps {
  /** Unique in the document; the row is named by it. */
  readonly id: string
  /** `end`: written by whoever looks at it. */
  readonly side: 'start' | 'end'
  readonly text: string
  /** Author and time in one sentence: the row's accessible name. */
  readonly label: string
  /** Shown above the first message of a group. */
  readonly name?: string | undefined
  /** Shown under the last message of a group. */
  readonly time?: string | undefined
  readonly state?: ReceiptState | undefined
  readonly startsGroup: boolean
  readonly endsGroup: boolean
  /** Stands under the bubble, after the time. */
  readonly children?: ComponentChildren
}

/** One message: its author for those who listen, its bubble, and what is known about it. */
export function MessageItem({ id, side, text, label, name, time, state, startsGroup, endsGroup, children }: MessageItemProps): VNode {
  return (
    <li data-part="message" data-side={side} data-state={state} data-starts={startsGroup} data-ends={endsGroup} aria-labelledby={id} tabIndex={-1}>
      <span id={id} data-part="hidden">
        {label}
      </span>
      {name ? (
        <span data-part="author" aria-hidden="true" dir="auto">
          {name}
        </span>
      ) : null}
      <div data-part="bubble" part="bubble">
        <p data-part="text" dir="auto">
          <RichText text={text} />
        </p>
      </div>
      {time || children ? (
        <div data-part="meta">
          {time ? <span aria-hidden="true">{time}</span> : null}
          {children}
        </div>
      ) : null}
    </li>
  )
}
