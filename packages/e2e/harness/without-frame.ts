/**
 * What is left of a piece of a server's WebSocket stream without the frame that holds `text`. A piece often holds several frames, and
 * losing a neighbour would be another fault than the one that was meant. Throws where the piece does not consist of whole frames.
 */
export function withoutFrame(bytes: Buffer, text: string): Buffer {
  for (let from = 0; from < bytes.length; ) {
    const to = endOfFrame(bytes, from)
    if (to > bytes.length) break
    if (bytes.subarray(from, to).includes(text)) return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
    from = to
  }
  throw new Error(`no whole frame of this piece holds ${text}`)
}

/** A server's frames are not masked: two bytes of which seven bits are a length, or say that it follows in two or in eight (RFC 6455, 5.2). */
function endOfFrame(bytes: Buffer, from: number): number {
  const short = bytes.readUInt8(from + 1) & 0x7f
  if (short < 126) return from + 2 + short
  return short === 126 ? from + 4 + bytes.readUInt16BE(from + 2) : from + 10 + Number(bytes.readBigUInt64BE(from + 2))
}
