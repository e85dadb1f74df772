import { join } from 'node:path'
import type { Violation } from '@porchlight/adapters/testing'
import Libsql from 'libsql'

/** What is wrong with the database of a server that has ended: damage, holes in the numbers of a log, a head that is not the last row. */
export function databaseFaults(data: string): readonly Violation[] {
  const database = new Libsql(join(data, 'porchlight.db'))
  try {
    const rows = <Row>(sql: string): readonly Row[] => database.prepare(sql).all([]) as unknown as readonly Row[]
    const damage = rows<Record<string, string>>('PRAGMA integrity_check')
      .flatMap((row) => Object.values(row))
      .filter((word) => word !== 'ok')
    const holes = rows<{ c: string }>('SELECT c FROM event GROUP BY c HAVING min(seq) <> 1 OR max(seq) <> count(*)')
    const twice = rows<{ c: string; id: string }>('SELECT c, id FROM event GROUP BY c, author, id HAVING count(*) > 1')
    return [
      ...damage.map((word): Violation => ({ invariant: 'I1', entry: 0, message: `the database is damaged: ${word}` })),
      ...holes.map(({ c }): Violation => ({ invariant: 'I5', entry: 0, message: `the rows of ${c} are not 1..head` })),
      ...twice.map(({ c, id }): Violation => ({ invariant: 'I2', entry: 0, message: `${c} has two rows of ${id}` }))
    ]
  } finally {
    database.close()
  }
}
