import { act, fireEvent } from '@testing-library/preact'

/** Somebody at a keyboard and a mouse: what a browser does of itself with a key press is done here, as far as the console relies on it. */
export interface Person {
  readonly click: (element: HTMLElement) => Promise<void>
  /** Presses keys where the focus is: letters as they are, others as `{Enter}`, with Shift as `{Shift+Enter}`. */
  readonly keyboard: (keys: string) => Promise<void>
  /** Writes into a field, after what it holds. */
  readonly type: (field: HTMLElement, keys: string) => Promise<void>
  readonly select: (choice: HTMLElement, label: string) => Promise<void>
  /** Moves the mouse from wherever it was to an element. */
  readonly point: (element: HTMLElement) => Promise<void>
}

type Field = HTMLInputElement | HTMLTextAreaElement

export function aPerson(): Person {
  let pointed: Element | null = null

  const press = async (key: string, shiftKey: boolean): Promise<void> => {
    const target = document.activeElement ?? document.body
    const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key
    await act(() => {
      if (fireEvent.keyDown(target, { key, code, shiftKey })) follow(target, key)
    })
  }

  const keyboard: Person['keyboard'] = async (keys) => {
    for (const [match, special] of keys.matchAll(/\{([^}]+)\}|[\s\S]/gu)) {
      const parts = (special ?? match).split('+')
      await press(parts.at(-1) as string, parts.length > 1)
    }
  }

  return {
    click: async (element) => {
      await act(() => {
        const focusable = element.closest<HTMLElement>('button, input, select, textarea')
        if (focusable) focusable.focus()
        else (document.activeElement as HTMLElement | null)?.blur()
        fireEvent.click(element)
      })
    },
    keyboard,
    type: async (field, keys) => {
      await act(() => field.focus())
      await keyboard(keys)
    },
    select: async (choice, label) => {
      await act(() => {
        const options = [...(choice as HTMLSelectElement).options]
        fireEvent.change(choice, { target: { value: options.find(({ text }) => text === label)?.value } })
      })
    },
    point: async (element) => {
      await act(() => {
        if (pointed) fireEvent.pointerLeave(pointed.closest('[data-pane]') ?? pointed)
        fireEvent.pointerMove(element)
        pointed = element
      })
    }
  }
}

/** What a browser does with a key that nobody took. */
function follow(target: Element, key: string): void {
  if (key === 'Enter' && target instanceof HTMLButtonElement) fireEvent.click(target)
  if (key === 'Enter' && target instanceof HTMLInputElement && target.form) fireEvent.submit(target.form)
  if (!(target instanceof HTMLTextAreaElement) && !(target instanceof HTMLInputElement)) return
  if (key === 'Enter' && target instanceof HTMLTextAreaElement) write(target, `${target.value}\n`)
  else if (key === 'Backspace') write(target, target.value.slice(0, -1))
  else if (Array.from(key).length === 1) write(target, target.value + key)
}

function write(field: Field, value: string): void {
  fireEvent.input(field, { target: { value } })
}
