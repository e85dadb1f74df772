import { cleanName, useStore } from '@porchlight/ui'
import { useConsole, useWorkspace } from '../console-context.js'
import type { Selection } from '../stores/workspace.js'

/** How the customer of an open conversation is called: as he named himself, or else by what he is. */
export function useCustomerName(selection: Selection | null): string {
  const { text } = useConsole().i18n
  const { conversations, requests } = useStore(useWorkspace().inbox.$rows)
  if (selection === null) return ''
  const fields = selection.kind === 'request' ? requests.get(selection.id)?.fields : undefined
  return cleanName(fields?.name ?? conversations.get(selection.c)?.visitor.name ?? fields?.email ?? text('details.customer'))
}
