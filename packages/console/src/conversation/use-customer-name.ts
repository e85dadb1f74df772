import { cleanName, useStore } from '@porchlight/ui'
import { useConsole, useWorkspace } from '../console-context.js'
import { visitorName } from '../inbox/visitor-name.js'
import type { Selection } from '../stores/view.js'

/** How the customer of what is open is called: as he named himself in the form, in the chat, or else by what is known of him. */
export function useCustomerName(selection: Selection | null): string {
  const { i18n } = useConsole()
  const { conversations, requests } = useStore(useWorkspace().inbox.$rows)
  if (selection === null) return ''
  const fields = selection.kind === 'request' ? requests.get(selection.id)?.fields : undefined
  if (fields) return cleanName(fields.name ?? fields.email ?? fields.phone ?? '')
  const visitor = conversations.get(selection.c)?.visitor
  return visitor ? visitorName(i18n, visitor) : i18n.text('details.customer')
}
