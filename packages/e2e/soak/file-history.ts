import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { HistoryRecorder } from '@porchlight/adapters/testing'

/** A history that is written to the disk as it happens: in memory it would look like a leak of what it watches. */
export interface FileHistory extends Pick<HistoryRecorder, 'record'> {
  readonly path: string
  /** Resolves when everything is in the file. */
  readonly close: () => Promise<void>
}

/** @param now The clock of all entries, in milliseconds. */
export function fileHistory(path: string, now: () => number): FileHistory {
  const stream = createWriteStream(path)
  return {
    path,
    record: (party, fact) => {
      if (!stream.writableEnded) stream.write(`${JSON.stringify({ at: now(), party, ...fact })}\n`)
    },
    close: async () => {
      stream.end()
      await finished(stream)
    }
  }
}
