import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** Lets a text field grow with its text; the sheet sets the limits. `field-sizing` is not in every engine. */
export function useAutosize(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current
    if (!element || CSS.supports('field-sizing', 'content')) return
    element.style.blockSize = 'auto'
    const { offsetHeight, clientHeight, scrollHeight } = element
    element.style.blockSize = `${scrollHeight + offsetHeight - clientHeight}px`
  }, [text])
}
