import { type QueryExecutorProvider, sql } from 'kysely'

/** What decides which rows a table takes: its columns, keys and references, each as a text, by the name of the table. */
export type Schema = ReadonlyMap<string, readonly string[]>

interface Part {
  readonly owner: string
  readonly part: string
}

/** Reads how the tables of a database are made. Indexes that only make reading faster, views, triggers and the migrator's own tables do not count. */
export async function schemaOf(db: QueryExecutorProvider): Promise<Schema> {
  const { rows } = await sql<Part>`
    select t.name as owner, json_array('column', c.name, upper(c.type), c."notnull", c.dflt_value, c.pk) as part
      from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table'
    union all
    select t.name, json_array('reference', f.id, f.seq, f."table", f."from", f."to", f.on_update, f.on_delete)
      from sqlite_schema t, pragma_foreign_key_list(t.name) f where t.type = 'table'
    union all
    select t.name, json_array('unique', (select json_group_array(i.name) from pragma_index_info(k.name) i))
      from sqlite_schema t, pragma_index_list(t.name) k where t.type = 'table' and k."unique" = 1
    order by 1, 2`.execute(db)
  const schema = new Map<string, string[]>()
  for (const { owner, part } of rows) if (!owner.startsWith('kysely_')) schema.set(owner, [...(schema.get(owner) ?? []), part])
  return schema
}

/** Whether a database has each of the expected tables as it is expected. Further tables, such as those of a tool for copies, do no harm. */
export function hasTablesOf(found: Schema, expected: Schema): boolean {
  return [...expected].every(([table, parts]) => found.get(table)?.join() === parts.join())
}
