import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'

/** What {@link LanguageAdder} shows and does. */
export interface LanguageAdderProps {
  /** Unique in the document. */
  readonly id: string
  readonly onAdd: (language: string) => void
}

/** Takes another language by its name. Whether there is one of that name the server says, once something is written in it. */
export function LanguageAdder({ id, onAdd }: LanguageAdderProps): VNode {
  const { text } = useConsole().i18n
  const [typed, setTyped] = useState('')
  // As people write it elsewhere: pt_BR.
  const language = typed.trim().replace(/[\s_.]+/g, '-')
  const add = (): void => {
    if (language === '') return
    setTyped('')
    onAdd(language)
  }
  return (
    <div data-part="field">
      <label for={id}>{text('texts.language')}</label>
      <div data-part="adder">
        <input
          id={id}
          value={typed}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          dir="ltr"
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return
            event.preventDefault()
            add()
          }}
        />
        <button type="button" data-part="secondary" onClick={add}>
          {text('texts.addLanguage')}
        </button>
      </div>
      <p id={`${id}-hint`} data-part="hint">
        {text('texts.languageHint')}
      </p>
    </div>
  )
}
