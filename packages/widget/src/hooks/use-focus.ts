import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { usePanel } from '../panel/panel-context.js'
import type { Bottom } from '../views/pick-view.js'

/** Where the caret stood in the part that is about to go; nothing when the focus was not in a longer text. */
export interface Caret {
  readonly start?: number
  readonly end?: number
}

/** What each part that can hold the focus leaves behind when it goes. */
export interface FocusDetails {
  readonly bottom: Bottom
  readonly isReady: boolean
  readonly view: RefObject<HTMLElement | null>
}

/** Left by a part that had the focus when it was removed; null when there was none. */
export type LeftFocus = { current: Caret | null }

/**
 * Focus moves when the panel opens, and when the part that had it is replaced by another; never because something arrived.
 *
 * @returns To be given to {@link useLeavingFocus} in each part that can be replaced.
 */
export function useFocus({ bottom, isReady, view }: FocusDetails): LeftFocus {
  const { chat, opening } = usePanel()
  const left = useRef<Caret | null>(null)

  useLayoutEffect(() => {
    if (opening && (opening.openedBy !== 'script' || isModal(view))) findLast(view, '[data-part="title"]')?.focus({ preventScroll: true })
  }, [opening])

  useLayoutEffect(() => {
    if (!opening || !isReady || opening.openedBy === 'touch' || matchMedia('(pointer: coarse)').matches) return
    // Whoever has already gone on from the title stays where they are.
    if (activeIn(view)?.dataset['part'] === 'title') firstEmptyField(view)?.focus({ preventScroll: true })
  }, [opening, isReady])

  useLayoutEffect(() => {
    if (!left.current) return
    const { start, end } = left.current
    left.current = null
    const isDone = chat.$request.get().state === 'accepted'
    const heading = findLast(view, `[data-part="${isDone ? 'confirmation' : 'held'}"] h3`)
    const target = heading ?? (start === undefined ? firstEmptyField(view) : findLast(view, 'textarea, [data-part="secondary"]'))
    target?.focus()
    if (target instanceof HTMLTextAreaElement) target.setSelectionRange(start ?? 0, end ?? 0)
  }, [bottom])

  return left
}

/** Remembers where the caret stood when a part with the focus is removed. */
export function useLeavingFocus(left: LeftFocus, part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = part.current
    return () => {
      const active = element && activeIn({ current: element })
      if (!active) return
      left.current = active instanceof HTMLTextAreaElement ? { start: active.selectionStart, end: active.selectionEnd } : {}
    }
  }, [])
}

/** A script that opens the panel on nobody's behalf leaves the focus alone, unless a modal dialog has taken it anyway. */
function isModal(view: RefObject<HTMLElement | null>): boolean {
  return view.current?.closest('dialog')?.open === true
}

function findLast(view: RefObject<HTMLElement | null>, selector: string): HTMLElement | undefined {
  return [...(view.current?.querySelectorAll<HTMLElement>(selector) ?? [])].at(-1)
}

function firstEmptyField(view: RefObject<HTMLElement | null>): HTMLElement | undefined {
  const fields = [...(view.current?.querySelectorAll<HTMLInputElement>('[data-field]') ?? [])]
  return fields.find(({ value }) => value === '') ?? fields[0]
}

/** The element with the focus, if it is inside. */
function activeIn(part: RefObject<HTMLElement | null>): HTMLElement | null {
  const active = (part.current?.getRootNode() as ShadowRoot | undefined)?.activeElement
  return active instanceof HTMLElement && part.current?.contains(active) ? active : null
}
