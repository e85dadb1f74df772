import type { Announce } from '@porchlight/ui'
import type { ReadableAtom } from 'nanostores'
import { type Context, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { SettingsDrafts } from './settings/settings-drafts.js'
import type { Desk } from './stores/desk.js'
import type { ConsoleI18n } from './stores/language.js'
import type { Preferences } from './stores/preferences.js'
import type { Problems } from './stores/problems.js'
import type { Session } from './stores/session.js'
import type { Workspace } from './stores/workspace.js'

/** What every part of the console may use. */
export interface ConsoleServices {
  readonly session: Session
  readonly desk: Desk
  readonly preferences: Preferences
  readonly settingsDrafts: SettingsDrafts
  readonly i18n: ConsoleI18n
  readonly announce: Announce
  readonly problems: Problems
  /** The time of day, in steps that waiting times need. */
  readonly $now: ReadableAtom<number>
}

export const ConsoleContext: Context<ConsoleServices | null> = createContext<ConsoleServices | null>(null)
export const WorkspaceContext: Context<Workspace | null> = createContext<Workspace | null>(null)

export function useConsole(): ConsoleServices {
  return present(useContext(ConsoleContext), 'ConsoleContext')
}

export function useWorkspace(): Workspace {
  return present(useContext(WorkspaceContext), 'WorkspaceContext')
}

function present<T>(value: T | null, name: string): T {
  if (value === null) throw new Error(`${name} is missing above this component`)
  return value
}
