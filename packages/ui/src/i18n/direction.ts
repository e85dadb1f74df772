const rightToLeft = /^(arc?|ckb|dv|fa|he|ks|ku|nqo|ps|sd|syr|ug|ur|yi)\b/i

/** Direction of a language's script, by its code: `getTextInfo` is not in every engine. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.test(locale) ? 'rtl' : 'ltr'
}

/** Hebrew, Arabic and their neighbours, and their presentation forms. */
const rightToLeftLetter = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/**
 * Puts a foreign text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE where it could turn the sentence around it
 * (Unicode Standard Annex 9, 2.4). Left as it is where it cannot, so that texts stay plain for search and for tests.
 */
export function isolate(text: string, surroundings: 'ltr' | 'rtl'): string {
  return surroundings === 'rtl' || rightToLeftLetter.test(text) ? `\u2068${text}\u2069` : text
}
