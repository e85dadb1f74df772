import { useLayoutEffect, useRef } from 'preact/hooks'

/** Takes the focus to an element, by its id, that is on the page once what was just done is drawn. */
export function useFocusNext(): (id: string) => void {
  const wanted = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (wanted.current === null) return
    const element = document.getElementById(wanted.current)
    wanted.current = null
    element?.focus()
  })
  return (id) => {
    wanted.current = id
  }
}
