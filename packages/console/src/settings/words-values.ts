import type { ChangeSiteBody, SiteWords } from '@porchlight/protocol'
import { type LanguageTexts, languagesOf, textsIn, textsOf } from './language-texts.js'

/** What a site can say by itself, in the order in which a customer may come by it. */
export const wordNames = ['outsideHours', 'longWait', 'accepted', 'noRequests'] as const

/** One of the things that a site can say by itself. */
export type WordName = (typeof wordNames)[number]

/** What a site says by itself, as somebody types it. */
export interface WordsValues {
  readonly languages: readonly string[]
  readonly texts: Readonly<Record<WordName, LanguageTexts>>
}

/** What is kept, to be changed. */
export function wordsValues(words: SiteWords | null): WordsValues {
  const kept = words ?? {}
  return {
    languages: languagesOf(Object.values(kept)),
    texts: {
      outsideHours: textsIn(kept.outsideHours),
      longWait: textsIn(kept.longWait),
      accepted: textsIn(kept.accepted),
      noRequests: textsIn(kept.noRequests)
    }
  }
}

/** What the server is told; what says nothing in any language is not said. */
export function wordsBody({ languages, texts }: WordsValues): ChangeSiteBody {
  const said = wordNames.map((name) => [name, textsOf(texts[name], languages)] as const).filter(([, each]) => Object.keys(each).length > 0)
  return { words: said.length > 0 ? (Object.fromEntries(said) as SiteWords) : null }
}
