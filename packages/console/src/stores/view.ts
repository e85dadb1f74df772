import { atom, type ReadableAtom } from 'nanostores'
import { readOrder } from '../inbox/unread.js'
import type { Address } from './address.js'
import { type AddressFollower, followAddress } from './follow-address.js'
import type { Inbox } from './inbox.js'
import type { Thread, Threads } from './threads.js'

/** What is open: a conversation, or the conversation of a request. `c` is its log. */
export type Selection =
  | { readonly kind: 'conversation'; readonly id: string; readonly c: string }
  | { readonly kind: 'request'; readonly id: string; readonly c: string }

/** Where there is room for one part of the page only: which. */
export type Pane = 'inbox' | 'thread' | 'details'

/** Where the next drawing puts the focus, because the operator asked for it. Events never do. */
export type FocusTarget = 'available' | 'reply' | 'thread' | 'details' | 'row'

/** What the operator looks at. */
export interface View {
  readonly $selection: ReadableAtom<Selection | null>
  readonly $thread: ReadableAtom<Thread | null>
  readonly $pane: ReadableAtom<Pane>
  readonly $focus: ReadableAtom<FocusTarget | null>
  /** Whether what the address names is found. */
  readonly $lookup: AddressFollower['$lookup']
  /** Opens something, as a place to come back to. */
  readonly select: (selection: Selection, focus: FocusTarget) => void
  readonly showPane: (pane: Pane, focus: FocusTarget | null) => void
  /** The focus is where it was wanted. */
  readonly focused: () => void
  /** Follows the address no more. */
  readonly leave: () => void
}

/** What {@link createView} works with. */
export interface ViewOptions {
  readonly site: string
  readonly inbox: Inbox
  readonly threads: Threads
  readonly address: Address
  /** Somebody who only watches has no field to write in and no switch. */
  readonly mayWrite: boolean
  /** The operator has just come in by a form that is gone, so the focus has to go somewhere. */
  readonly takesFocus: boolean
}

/** Shows what the address names, from now on, and what the operator opens. */
export function createView({ site, inbox, threads, address, mayWrite, takesFocus }: ViewOptions): View {
  const $selection = atom<Selection | null>(null)
  const $thread = atom<Thread | null>(null)
  const $pane = atom<Pane>('inbox')
  const $focus = atom<FocusTarget | null>(null)

  const showPane = (pane: Pane, focus: FocusTarget | null): void => {
    $pane.set(pane)
    $focus.set(mayWrite || focus === null ? focus : withoutWriting[focus])
  }
  const show = (selection: Selection | null, focus: FocusTarget): void => {
    const read = selection ? readOrder(selection.c, inbox.$rows.get().conversations, inbox.$reads.get()) : 0
    $thread.set(selection && threads.open(selection.c, read))
    $selection.set(selection)
    showPane(selection ? 'thread' : 'inbox', focus)
  }

  if (takesFocus) showPane('inbox', 'available')
  const follower = followAddress({
    site,
    address,
    inbox,
    selected: $selection.get,
    open: (selection) => show(selection, selection ? entranceOfThread() : 'row'),
    onMissing: () => {
      show(null, 'row')
      showPane('thread', 'thread')
    }
  })
  return {
    $selection,
    $thread,
    $pane,
    $focus,
    $lookup: follower.$lookup,
    select: (selection, focus) => {
      show(selection, focus)
      address.go({ site, open: { kind: selection.kind, id: selection.id } })
    },
    showPane,
    focused: () => $focus.set(null),
    leave: follower.stop
  }
}

const withoutWriting: Readonly<Record<FocusTarget, FocusTarget>> = {
  available: 'row',
  reply: 'thread',
  thread: 'thread',
  details: 'details',
  row: 'row'
}

/** Where somebody goes on who did not come by a row. A touch screen waits for a tap: its keyboard would cover the page. */
function entranceOfThread(): FocusTarget {
  return matchMedia('(pointer: coarse)').matches ? 'thread' : 'reply'
}
