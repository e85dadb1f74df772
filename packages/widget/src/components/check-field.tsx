import type { ComponentChildren, VNode } from 'preact'
import { Problem } from './form-field.js'

/** A box to tick and all that is said about it. */
export interface CheckFieldProps {
  /** Unique in the form. */
  readonly name: string
  readonly label: string
  readonly isChecked: boolean
  readonly isDisabled: boolean
  /** Stands beside the label where the box must be ticked; null where it need not. */
  readonly required: string | null
  readonly problem: string | undefined
  readonly onChange: (isChecked: boolean) => void
  /** Stands under the label. */
  readonly children?: ComponentChildren
}

/** A box whose label stands behind it, as people know it. */
export function CheckField({ name, label, isChecked, isDisabled, required, problem, onChange, children }: CheckFieldProps): VNode {
  const id = `porchlight-${name}`
  return (
    <div data-part="form-field">
      <div data-part="check">
        <input
          id={id}
          name={name}
          type="checkbox"
          data-field={name}
          checked={isChecked}
          disabled={isDisabled}
          required={required !== null}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem && `${id}-problem`}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <label for={id} dir="auto">
          {label}
        </label>
        {required === null ? null : <span aria-hidden>{required}</span>}
      </div>
      {children}
      <Problem id={id} text={problem} />
    </div>
  )
}
