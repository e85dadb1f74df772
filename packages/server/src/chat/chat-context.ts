import type { AnswerTargets, Cursor, InboxSnapshot, SiteInfo } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import type { Doors } from '../hours/site-doors.js'
import type { LeasedOperator } from '../presence/presence.types.js'
import type { Db } from '../store/database.js'
import type { CommandInput, CommandName, CommandResult } from '../writer/commands.js'

/** What the rules of conversations work with. */
export interface ChatContext {
  readonly db: Db
  readonly clock: Clock
  /** Who is there now to take a site's chats. */
  readonly staff: (site: string) => Staff
  /** What the site's form asks for, and whether anybody would receive it. */
  readonly siteInfo: (site: string) => Promise<SiteInfo>
  /** The department of a site that somebody names; null where there is none of that name. */
  readonly department: (site: string, name: string | undefined) => string | null
  /** Every department of a site. */
  readonly departments: (site: string) => InboxSnapshot['departments']
  /** Where mail about a site's requests goes now. */
  readonly mailing: (site: string) => Mailing
  /** How soon a site means to answer. */
  readonly answerTargets: (site: string) => AnswerTargets
  /** A participant's positions moved. */
  readonly onCursor: (site: string, c: string, cursor: Cursor) => void
}

/** Changes the database by a command, in one transaction, at one instant. */
export function change<N extends CommandName>({ db, clock }: ChatContext, name: N, input: CommandInput<N>): Promise<CommandResult<N>> {
  return db.write(name, input, clock.now())
}

/** Where mail about requests goes; null where the server sends none. */
export type Mailing = {
  /** Who hears of each new request; null: nobody. */
  readonly to: string | null
} | null

/** Who is there to take the chats of a site, or of a department. */
export interface PartStaff {
  /** Everybody with a lease. */
  readonly operators: readonly LeasedOperator[]
  /** Outside hours nobody takes a new chat; one that runs goes on for a while. */
  readonly doors: Doors
}

/** Who is there to take a site's chats. A command cannot look, so it is told. */
export interface Staff extends PartStaff {
  /** Chats that one of them takes at once. */
  readonly capacity: number
  /** A customer counts as load for this long after he was last seen. */
  readonly loadWindowMs: number
  /** By name. */
  readonly departments: Readonly<Record<string, PartStaff>>
}
