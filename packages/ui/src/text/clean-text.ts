/** Controls that reorder or hide text, and the tags block. ZWJ and ZWNJ stay: emoji and Persian need them. */
const invisibleControls = /[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/gu
const stackedMarks = /(\p{M}{8})\p{M}+/gu

/** Cuts combining marks beyond eight on one letter: more only paint over the neighbours. */
export function cleanText(text: string): string {
  return text.replace(stackedMarks, '$1')
}

/** A name as it may stand in our own sentences: nothing invisible that could fake another. */
export function cleanName(name: string): string {
  return cleanText(name.replace(invisibleControls, ''))
}
