import type { RandomBytes } from '@porchlight/protocol'

/** A uniform number in [0, 1) of 32 random bits. */
export function randomFraction(random: RandomBytes): number {
  const bytes = random(new Uint8Array(4))
  return new DataView(bytes.buffer).getUint32(0) / 2 ** 32
}
