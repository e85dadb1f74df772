import { Icon } from '@porchlight/ui'
import type { VNode } from 'preact'

/** What ties a control to its label, hint and problem. */
export interface ControlAttributes {
  readonly id: string
  readonly name: string
  readonly 'data-field': string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** A field of a form and all that is said about it. */
export interface FormFieldProps {
  /** Unique in the form. */
  readonly name: string
  readonly label: string
  /** Stands beside the label: optional, required, or what else is needed. */
  readonly hint: string
  readonly problem?: string | undefined
  /** Name of the field whose problem is also this one's. */
  readonly problemAt?: string | undefined
  /** Stands under the field. */
  readonly note?: string | undefined
  /** Draws the control. */
  readonly children: (attributes: ControlAttributes) => VNode
}

/** A control with its label, hint, problem and note. */
export function FormField({ name, label, hint, problem, problemAt = problem && name, note, children }: FormFieldProps): VNode {
  const id = `porchlight-${name}`
  const described = [problemAt && `porchlight-${problemAt}-problem`, `${id}-hint`, note && `${id}-note`].filter(Boolean).join(' ')
  return (
    <div data-part="form-field">
      <div data-part="label">
        <label for={id}>{label}</label>
        <span id={`${id}-hint`}>{hint}</span>
      </div>
      {children({ id, name, 'data-field': name, 'aria-describedby': described, 'aria-invalid': problemAt ? true : undefined })}
      <Problem id={id} text={problem} />
      {note ? (
        <p id={`${id}-note`} data-part="note">
          {note}
        </p>
      ) : null}
    </div>
  )
}

/** What is wrong with the control `id`. */
export function Problem({ id, text }: { readonly id: string; readonly text: string | undefined }): VNode | null {
  return text ? (
    <p id={`${id}-problem`} data-part="problem">
      <Icon name="alert" />
      <span>{text}</span>
    </p>
  ) : null
}
