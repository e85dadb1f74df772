import type { VNode } from 'preact'
import { FormBody, type FormBodyProps } from '../form/form-body.js'
import { DoorPage } from './door-page.js'

/** What {@link DoorForm} shows and does. */
export interface DoorFormProps<Field extends string> extends FormBodyProps<Field> {
  readonly title: string
  readonly note?: string | undefined
}

/** A card with a form on it. */
export function DoorForm<Field extends string>({ title, note, ...form }: DoorFormProps<Field>): VNode {
  return (
    <DoorPage title={title} note={note}>
      <FormBody {...form} />
    </DoorPage>
  )
}
