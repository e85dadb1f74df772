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

/** A text field with its label, and its hint or what is wrong with it: a hint that goes on below its problem would say the same twice. */
export function TextField({ id, label, type, autoComplete, value, onValue, hint, error, field }: TextFieldProps): VNode {
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined
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
        aria-describedby={described}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint && !error ? (
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
