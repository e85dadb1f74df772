import { useStore } from '@porchlight/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { FocusTarget } from '../stores/view.js'
import type { RowProps } from './row-list.js'
import { rowTime } from './row-time.js'

/** What a row of either list says. */
export interface RowButtonProps extends RowProps {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Newest text, or the question of a request. */
  readonly text: string
  /** What the eye should find first: somebody waits, something is new. */
  readonly tone: 'waiting' | 'late' | 'calm' | 'done'
  /** How many unread messages, or 0. */
  readonly unread: number
  /** The unread mark in words. */
  readonly unreadText: string
  /** State, waiting time and the like. */
  readonly facts: ComponentChildren
  readonly onOpen: (focus: FocusTarget) => void
}

/** One row: who, when, what, and what state it is in. All of it is the accessible name. */
export function RowButton({ name, at, text, tone, unread, unreadText, facts, isStop, isSelected, onFocus, onOpen }: RowButtonProps): VNode {
  const { i18n, $now } = useConsole()
  const now = useStore($now)
  return (
    <li>
      <button
        type="button"
        data-part="row"
        data-state={tone}
        data-unread={unread > 0}
        tabIndex={isStop ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        onFocus={onFocus}
        onClick={(event) => onOpen(openedBy(event))}
      >
        <span data-part="row-name">
          <bdi>{name}</bdi>
        </span>{' '}
        <time data-part="row-time" dateTime={new Date(at).toISOString()}>
          {rowTime(i18n, at, now)}
        </time>{' '}
        <span data-part="row-text">
          <bdi>{text}</bdi>
        </span>{' '}
        {unread > 0 ? (
          <span data-part="badge">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span data-part="hidden">{unreadText}</span>
          </span>
        ) : null}{' '}
        <span data-part="row-facts">{facts}</span>
      </button>
    </li>
  )
}

/** A finger gets no keyboard over half the screen before it asks for one. */
function openedBy(event: MouseEvent): FocusTarget {
  return event instanceof PointerEvent && event.pointerType === 'touch' ? 'thread' : 'reply'
}
