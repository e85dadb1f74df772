import type { VNode } from 'preact'
import { FormBody, type FormBodyProps } from '../form/form-body.js'
import { DoorPage, type DoorPageProps } from './door-page.js'

/** What {@link DoorForm} shows and does. */
export interface DoorFormProps<Field extends string> extends FormBodyProps<Field>, Pick<DoorPageProps, 'title' | 'note' | 'isNews'> {}

/** A card with a form on it. */
export function DoorForm<Field extends string>({ title, note, isNews, ...form }: DoorFormProps<Field>): VNode {
  return (
    <DoorPage title={title} note={note} isNews={isNews}>
      <FormBody {...form} />
    </DoorPage>
  )
}
