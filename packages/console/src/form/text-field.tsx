import type { RefCallback, VNode } from 'preact'

/** One labelled field of a form. */
export interface TextFieldProps {
  /** Unique in the document. */
  readonly id: string
  readonly label: string
  /** `lines`: as many lines as somebody needs. */
  readonly type: 'text' | 'email' | 'password' | 'lines'
  /** `off`: nothing about the person, so that nothing is filled in or made into capitals. */
  readonly autoComplete: 'email' | 'name' | 'username' | 'current-password' | 'new-password' | 'off'
  readonly value: string
  readonly onValue: (value: string) => void
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly field: RefCallback<HTMLInputElement | HTMLTextAreaElement>
}

/** A text field with its label, and its hint or what is wrong with it: a hint that goes on below its problem would say the same twice. */
export function TextField({ id, label, type, autoComplete, value, onValue, hint, error, field }: TextFieldProps): VNode {
  const common = {
    id,
    ref: field,
    autocomplete: autoComplete,
    autocapitalize: autoComplete === 'name' ? 'words' : 'none',
    spellcheck: false,
    required: true,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error ? `${id}-error` : hint ? `${id}-hint` : undefined,
    value,
    onInput: (event: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) => onValue(event.currentTarget.value)
  } as const
  return (
    <div data-part="field">
      <label for={id}>{label}</label>
      {type === 'lines' ? (
        <textarea {...common} rows={4} dir="ltr" />
      ) : (
        // Preact's types take one kind of input at a time; the roles that tell them apart are not used here.
        <input {...common} type={type as 'text'} />
      )}
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
