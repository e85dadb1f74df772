import type { MemoryDisk } from '@porchlight/core/testing'

/** How much waits in an outbox. */
export interface OutboxSize {
  readonly items: number
  readonly bytes: number
}

interface Kept {
  readonly items?: readonly { readonly body: unknown }[]
}

/** The outboxes that a disk holds, or the storage of a tab where the disk took none. */
export function outboxesOn(disk: MemoryDisk): readonly OutboxSize[] {
  return [...disk].flatMap(([key, text]) => {
    if (key.endsWith('/outbox')) return sizeOf(JSON.parse(text))
    const apart = text.includes('"large/outbox"') && (JSON.parse(text) as Readonly<Record<string, unknown>>)['large/outbox']
    return apart ? sizeOf(apart) : []
  })
}

/** Bytes of a body on the wire. */
export function bytesOf(body: unknown): number {
  return Buffer.byteLength(JSON.stringify(body))
}

function sizeOf(kept: Kept): OutboxSize {
  const items = kept.items ?? []
  return { items: items.length, bytes: items.reduce((sum, { body }) => sum + bytesOf(body), 0) }
}
