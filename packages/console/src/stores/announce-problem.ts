import { isChatError } from '@porchlight/protocol'
import type { Announce } from '@porchlight/ui'
import type { ConsoleI18n } from './language.js'
import { problemOf } from './problem.js'

/** Says that what the operator asked for did not happen. The end of a session is told by the page that asks to sign in. */
export function announceProblem(error: unknown, { i18n, announce }: { readonly i18n: ConsoleI18n; readonly announce: Announce }): void {
  if (isChatError(error) && error.retry === 'auth') return
  announce(i18n.text(problemOf(error).key), 'assertive')
}
