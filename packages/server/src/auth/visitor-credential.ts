import { ChatError } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.js'
import { findVisitor, type KnownVisitor } from '../store/visitor-store.js'

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
