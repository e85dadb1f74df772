import { count, object, type Reader, readAs, text } from './reader.js'

/** What the tabs of one browser tell each other. */
export interface Tabs {
  /** An operator has signed out here: no tab of this browser may keep what he typed. */
  readonly tellLeave: (operatorId: string) => void
  /** He has signed out in another tab. Returns its stop. */
  readonly onLeave: (callback: (operatorId: string) => void) => () => void
  /** How many unsent texts of this operator the other tabs hold. */
  readonly countUnsent: (operatorId: string) => Promise<number>
  /** Another tab asks how many are held here. Returns its stop. */
  readonly onCountUnsent: (callback: (operatorId: string) => number) => () => void
}

interface Question {
  readonly question: string
  readonly operatorId: string
}

interface Answer {
  readonly answers: string
  readonly unsent: number
}

const readQuestion: Reader<Question> = object<Question>({ question: text, operatorId: text })
const readAnswer: Reader<Answer> = object<Answer>({ answers: text, unsent: count })

/** How long the other tabs have to answer: how many there are, nobody knows. */
const answerMs = 200

/** The line between the tabs; where the browser has none, each tab is alone. */
export function createTabs(Channel: typeof BroadcastChannel | undefined): Tabs {
  const leaves = Channel && new Channel('porchlight-console:leave')
  const counts = Channel && new Channel('porchlight-console:unsent')
  return {
    tellLeave: (operatorId) => leaves?.postMessage(operatorId),
    onLeave: (callback) => listen(leaves, text, callback),
    countUnsent: async (operatorId) => {
      if (!counts) return 0
      const question = crypto.getRandomValues(new Uint32Array(2)).join('-')
      let sum = 0
      const stop = listen(counts, readAnswer, ({ answers, unsent }) => {
        if (answers === question) sum += unsent
      })
      counts.postMessage({ question, operatorId } satisfies Question)
      await new Promise((resolve) => setTimeout(resolve, answerMs))
      stop()
      return sum
    },
    onCountUnsent: (callback) =>
      listen(counts, readQuestion, ({ question, operatorId }) => {
        counts?.postMessage({ answers: question, unsent: callback(operatorId) } satisfies Answer)
      })
  }
}

/** Hears what another tab says and is of the known shape. Returns its stop. */
function listen<T extends object | string>(channel: BroadcastChannel | undefined, reader: Reader<T>, callback: (value: T) => void): () => void {
  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    const value = readAs(reader, data)
    if (value !== null) callback(value)
  }
  channel?.addEventListener('message', onMessage)
  return () => channel?.removeEventListener('message', onMessage)
}
