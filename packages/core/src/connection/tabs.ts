import type { RequestAccepted, SessionEvent } from '../adapter.js'
import type { Env, PageChannel } from '../env/env.js'

/** What a page tells the others of its browser. Each says what it knows: a word that is lost is made good by the backend's own. */
export interface Word {
  /** An item that another page wrote, on its way to a backend from here. */
  readonly handed?: string
  /** What this page learned from its backend, as it hears it itself: a text was stored, or seen. */
  readonly event?: SessionEvent
  /** To whom it happened. */
  readonly you?: string | undefined
  /** What stands in the composer now … */
  readonly draft?: string
  /** … and stood there before … */
  readonly was?: string
  /** … and waits in the outbox now. */
  readonly isSent?: boolean
  /** The page goes, and leaves a request that waits. */
  readonly hasLeft?: boolean
  /** A request that this page had accepted; its id is the one under which it went out. */
  readonly accepted?: RequestAccepted
}

/** The other pages of this browser that show the same. */
export interface Tabs {
  readonly tell: (word: Word) => void
  /** Listens from now on; before, nothing is heard or told. */
  readonly open: () => void
}

/** The pages that opened `name`, heard through `onWord`. One of another version may say something else; that is passed over. */
export function createTabs(env: Env, name: string, onWord: (word: Word) => void): Tabs {
  let channel: PageChannel | undefined
  return {
    tell: (word) => channel?.tell(word),
    open: () => {
      channel ??= env.channel?.(name, (word) => {
        if (typeof word === 'object' && word !== null) onWord(word)
      })
    }
  }
}
