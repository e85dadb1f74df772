import { isChatError } from '@porchlight/protocol'
import type { Announce } from '@porchlight/ui'
import { atom, type ReadableAtom } from 'nanostores'
import type { ConsoleI18n, MessageKey } from './language.js'
import { problemOf } from './problem.js'

/** What the operator asked for and did not get: written on the page until he has seen it, and spoken once. */
export interface Problems {
  readonly $shown: ReadableAtom<string | null>
  /** Tells of a failure. The end of a session is told by the page that asks to sign in. */
  readonly tell: (error: unknown) => void
  readonly say: (key: MessageKey) => void
  /** The operator has seen it, or what he did next went well. */
  readonly clear: () => void
}

export function createProblems(i18n: ConsoleI18n, announce: Announce): Problems {
  const $shown = atom<string | null>(null)
  const say = (key: MessageKey): void => {
    $shown.set(i18n.text(key))
    announce(i18n.text(key), 'assertive')
  }
  return {
    $shown,
    tell: (error) => {
      if (!isChatError(error) || error.retry !== 'auth') say(problemOf(error).key)
    },
    say,
    clear: () => $shown.set(null)
  }
}
