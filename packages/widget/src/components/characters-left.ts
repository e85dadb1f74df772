/** Longest text of a message or a question, in code points. The wire's limit: a test holds them equal. */
export const textMaxCodePoints = 8_000

/** From here on people are told how much is left. */
const warnFrom = textMaxCodePoints * 0.9

/** How many characters may still be written; null as long as there is no need to know, negative when there are too many. */
export function charactersLeft(text: string): number | null {
  if (text.length <= warnFrom) return null
  const count = [...text].length
  return count <= warnFrom ? null : textMaxCodePoints - count
}
