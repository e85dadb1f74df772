import type { HistoryRow, Joined } from '@porchlight/adapters/testing'
import type { Message } from '@porchlight/core'

/** Everything that a backend holds of a log, oldest first, as one who is connected reads it. */
export async function readLog({ session }: Joined, c: string): Promise<readonly Message[]> {
  const pages: (readonly Message[])[] = []
  for (let more = true; more; ) {
    const first = pages[0]?.[0]
    const page = await session.history({ c, limit: 200, ...(first ? { before: first } : {}) })
    pages.unshift(page.messages)
    more = page.more && page.messages.length > 0
  }
  return pages.flat()
}

/** The same, as a history has it. */
export async function rowsOf(reader: Joined, c: string): Promise<readonly HistoryRow[]> {
  const messages = await readLog(reader, c)
  return messages.map(({ order, id, by, k, body }) => ({ seq: order, id, by: by.id, ...(k === 'text' ? { key: String(body['text']) } : {}) }))
}
