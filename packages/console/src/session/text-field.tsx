import type { Ref, VNode } from 'preact'

/** One labelled line of a form. */
export interface TextFieldProps {
  /** Unique in the document. */
  readonly id: string
  readonly label: string
  readonly type: 'text' | 'email' | 'password'
  readonly autoComplete: 'email' | 'name' | 'username' | 'current-password' | 'new-password'
  readonly value: string
  readonly onValue: (value: string) => void
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly field: Ref<HTMLInputElement>
}

/** A text field with its label, its hint and what is wrong with it. */
export function TextField({ id, label, type, autoComplete, value, onValue, hint, error, field }: TextFieldProps): VNode {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const isTyped = type === 'text'
  return (
    <div data-part="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={field}
        // Preact's types take one kind of input at a time; the roles that tell them apart are not used here.
        type={type as 'text'}
        autocomplete={autoComplete}
        autocapitalize={isTyped ? 'words' : 'none'}
        spellcheck={false}
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint ? (
        <p id={`${id}-hint`} data-part="hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} data-part="problem">
          {error}
        </p>
      ) : null}
    </div>
  )
}
