import { type AnswerTargets, type Department, defaultAnswerTargets, type RequestForm, type SiteHours, type SiteWords } from '@porchlight/protocol'
import type { WriteUnit } from '../writer/write-unit.js'
import type { Db } from './database.js'
import { ensureInbox } from './inbox-store.js'

/** A tenant. */
export interface Site {
  /** The public name, `[a-z0-9-]{1,40}`. */
  readonly id: string
  readonly name: string
  /** Exact origins, `https://*.example.com` for one more label, or `loopback` for every origin on this machine. */
  readonly origins: readonly string[]
  /** Chats that one operator takes at once. */
  readonly capacity: number
  readonly settings: SiteSettings
}

/** What an owner may set beside the name, the origins and the capacity. */
export interface SiteSettings {
  /** When the site is open; missing: always. */
  readonly hours?: SiteHours
  /** What its request form asks for beside name, email, phone and the question. */
  readonly requestForm?: RequestForm
  /** What it says by itself. */
  readonly words?: SiteWords
  /** Its parts that answer for themselves; missing: none. */
  readonly departments?: readonly Department[]
  /** One address that hears of each new request; missing: nobody. */
  readonly mailTo?: string
  /** How soon it means to answer, where that is not {@link defaultAnswerTargets}. */
  readonly firstAnswerTargetMs?: number
  readonly requestTargetMs?: number
}

/** How soon a site means to answer. */
export function answerTargetsOf({ firstAnswerTargetMs, requestTargetMs }: SiteSettings): AnswerTargets {
  return {
    firstAnswerTargetMs: firstAnswerTargetMs ?? defaultAnswerTargets.firstAnswerTargetMs,
    requestTargetMs: requestTargetMs ?? defaultAnswerTargets.requestTargetMs
  }
}

/** All sites, in memory, because every upgrade, preflight and light asks for one. */
export interface SiteRegistry {
  readonly get: (id: string) => Site | undefined
  readonly list: () => readonly Site[]
  /** Makes the site or changes it. Resolves when it is on disk. */
  readonly save: (site: Site, nowMs: number) => Promise<void>
  /** Called when a site was made or changed, with its id. Returns its stop. */
  readonly onChange: (listener: (id: string) => void) => () => void
}

/** What changes sites. */
export const siteCommands = {
  'site.save': async ({ tx, now }: WriteUnit, site: Site): Promise<void> => {
    const row = {
      name: site.name,
      origins: JSON.stringify(site.origins),
      settings: JSON.stringify(site.settings),
      capacity: site.capacity,
      updated_at: now
    }
    await tx
      .insertInto('site')
      .values({ id: site.id, created_at: now, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    await ensureInbox(site.id, tx)
  }
}

/** Reads the sites of a database. */
export async function loadSites(db: Db): Promise<SiteRegistry> {
  const rows = await db.query.selectFrom('site').selectAll().orderBy('id').execute()
  const sites = new Map<string, Site>(rows.map((row) => [row.id, readSite(row)]))
  const listeners = new Set<(id: string) => void>()
  return {
    get: (id) => sites.get(id),
    list: () => [...sites.values()],
    save: async (site, nowMs) => {
      await db.write('site.save', site, nowMs)
      sites.set(site.id, site)
      for (const listener of listeners) listener(site.id)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}

function readSite(row: {
  readonly id: string
  readonly name: string
  readonly origins: string
  readonly settings: string
  readonly capacity: number
}): Site {
  return {
    id: row.id,
    name: row.name,
    origins: JSON.parse(row.origins) as string[],
    settings: JSON.parse(row.settings) as SiteSettings,
    capacity: row.capacity
  }
}
