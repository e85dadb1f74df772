// The rows that one message costs, by hand: its log and the operators', what its device has sent, and the row of the list.
import { Database } from './server-libraries.mjs'

/** @typedef {{ c: string, id: string, n: number, now: number, text: string }} NewRow */

/** @param {string} path */
export function openRows(path) {
  const database = new Database(path)
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL']) database.pragma(setting)
  database.exec(`
    create table log (c text primary key, head integer not null) without rowid;
    create table event (c text not null, seq integer not null, ts integer, author text, k text, id text, data text, hash text, primary key (c, seq), unique (c, author, id)) without rowid;
    create table device (c text, author text, device text, n integer, primary key (c, author, device)) without rowid;
    create table conversation (c text primary key, preview text, updated_at integer) without rowid;
    insert into log values ('inbox', 0);`)
  const prepare = (/** @type {string} */ sql) => database.prepare(sql)
  const head = prepare('insert into log values (?, 1) on conflict (c) do update set head = head + 1 returning head')
  const known = prepare('select seq from event where c = ? and author = ? and id = ?')
  const event = prepare('insert into event values (?, ?, ?, ?, ?, ?, ?, ?)')
  const device = prepare('insert into device values (?, ?, ?, ?) on conflict (c, author, device) do update set n = excluded.n')
  const conversation = prepare(
    'insert into conversation values (?, ?, ?) on conflict (c) do update set preview = excluded.preview, updated_at = excluded.updated_at'
  )

  /** @param {NewRow} row @returns {number} */
  function storeOne({ c, id, n, now, text }) {
    const again = known.get(c, c, id)
    if (again) return again.seq
    const { head: seq } = head.get(c)
    event.run(c, seq, now, c, 'text', id, text, id)
    device.run(c, c, 'd', n)
    conversation.run(c, text, now)
    const { head: inboxSeq } = head.get('inbox')
    event.run('inbox', inboxSeq, now, 'system', 'conversation.changed', id, text, '')
    return seq
  }

  return {
    /** Stores all in one commit; their numbers. @param {readonly NewRow[]} batch @returns {number[]} */
    store: (batch) => {
      database.exec('begin immediate')
      const seqs = batch.map(storeOne)
      database.exec('commit')
      return seqs
    },
    close: () => database.close()
  }
}
