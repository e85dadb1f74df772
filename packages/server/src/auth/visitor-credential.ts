import { ChatError } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.js'
import { dropTokens, findVisitor, type KnownVisitor } from '../store/visitor-store.js'
import type { WriteUnit } from '../writer/write-unit.js'

/** A credential as it came. */
export interface VisitorCredential {
  readonly token: string | undefined
  readonly nowMs: number
}

/**
 * The visitor of a site whose credential is good; nobody where there is none, or none that is good.
 *
 * @throws {ChatError} `forbidden` for a credential of another site.
 */
export async function visitorWith(site: string, db: Kysely<Tables>, { token, nowMs }: VisitorCredential): Promise<KnownVisitor | undefined> {
  if (token === undefined) return undefined
  const known = await findVisitor(site, db, { token, nowMs })
  if (known === 'foreign') throw new ChatError('forbidden', 'the credential is of another site')
  return known
}

/** A visitor's credential, and the site where it was shown. */
interface ShownCredential {
  readonly site: string
  readonly token: string
}

/** What a credential can end. */
export const credentialCommands = {
  /** Ends every credential of the visitor whose credential this is; undefined where it is nobody's. */
  'visitor.forget': async (unit: WriteUnit, { site, token }: ShownCredential): Promise<string | undefined> => {
    const known = await visitorWith(site, unit.tx, { token, nowMs: unit.now })
    if (known) await dropTokens(site, unit, known.id)
    return known?.id
  }
}
