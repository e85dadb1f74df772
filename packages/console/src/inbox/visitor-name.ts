import { cleanName } from '@porchlight/ui'
import type { ConsoleI18n } from '../stores/language.js'

/** Letters of an id that are enough to tell the nameless apart in one list. */
const codeLength = 4

/** How a customer is called: as he named himself, or by a few letters of his id. */
export function visitorName(i18n: ConsoleI18n, visitor: { readonly id: string; readonly name: string }): string {
  const name = cleanName(visitor.name).trim()
  if (name !== '') return name
  const code = visitor.id.replace(/[^a-z0-9]/gi, '').slice(-codeLength)
  return i18n.text('row.visitor', { code: code.toUpperCase() })
}
