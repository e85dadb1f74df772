import type { WriteUnit } from '../writer/write-unit.js'

/** What changes facts about the database itself. */
export const metaCommands = {
  /** Proves that the database can commit. */
  'meta.noteReady': async ({ tx, now }: WriteUnit, _: null): Promise<void> => {
    const row = { key: 'ready_at', value: String(now) }
    await tx
      .insertInto('meta')
      .values(row)
      .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
      .execute()
  }
}
