import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { PlaceField, type PlaceFieldProps } from '../form/place-field.js'
import type { MessageKey } from '../stores/language.js'
import type { ChatsSettings } from '../stores/site-settings.js'
import { type ChatsValues, chatsBody, chatsValues } from './chats-values.js'
import { PartForm } from './part-form.js'
import type { RefusedPlaces } from './refused-places.js'
import { usePartForm } from './use-part-form.js'
import type { OnUnsaved } from './use-unsaved.js'

/** What {@link ChatsForm} shows and tells. */
export interface ChatsFormProps {
  readonly site: string
  readonly saved: ChatsSettings
  readonly onUnsaved: OnUnsaved
}

interface ChatsField extends Pick<PlaceFieldProps, 'kind'> {
  readonly name: keyof ChatsValues
  readonly label: MessageKey
  readonly hint: MessageKey
}

const fields: readonly ChatsField[] = [
  { name: 'capacity', kind: 'number', label: 'chats.capacity', hint: 'chats.capacityHint' },
  { name: 'firstAnswerTargetMs', kind: 'number', label: 'chats.chatTarget', hint: 'chats.chatTargetHint' },
  { name: 'requestTargetMs', kind: 'number', label: 'chats.requestTarget', hint: 'chats.requestTargetHint' },
  { name: 'mailTo', kind: 'email', label: 'chats.mailTo', hint: 'chats.mailToHint' }
]

const words: Readonly<Record<string, MessageKey>> = {
  capacity: 'chats.badCapacity',
  firstAnswerTargetMs: 'chats.badChatTarget',
  requestTargetMs: 'chats.badRequestTarget',
  mailTo: 'chats.badMailTo'
}
const places: RefusedPlaces = {
  pattern: /^(capacity|firstAnswerTargetMs|requestTargetMs|mailTo)$/,
  wordsOf: (place) => words[place] ?? 'settings.refused'
}

/** What holds for all chats and requests of a site: how many at once, how soon, and who hears by mail. */
export function ChatsForm({ site, saved, onUnsaved }: ChatsFormProps): VNode {
  const { text } = useConsole().i18n
  const form = usePartForm({ site, part: 'chats', saved: () => chatsValues(saved), bodyOf: chatsBody, places })
  return (
    <PartForm part="chats" state={form} problems={form.problems} action="chats.save" onUnsaved={onUnsaved}>
      {fields.map(({ name, label, hint, ...rest }) => (
        <PlaceField
          key={name}
          place={name}
          label={text(label)}
          hint={text(hint)}
          value={form.values[name]}
          problems={form.problems}
          onValue={(value) => form.change({ ...form.values, [name]: value })}
          {...rest}
        />
      ))}
    </PartForm>
  )
}
