import type { Connection } from '@porchlight/core'
import { ChatError } from '@porchlight/protocol'

/** An idle connection is asked this often whether anybody is there … */
const everyMs = 5_000
/** … and counts as dead without an answer in this time. Together shorter than a lease, so the operator knows before customers do. */
const answerMs = 4_000

/**
 * Notices a server that has fallen silent. A link that breaks in the middle tells neither end, and who waits for messages cannot tell "nobody
 * writes" from "nothing comes through". What does not answer is left, and connected anew. Returns its stop.
 */
export function watchSilence(connection: Connection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  const check = async (): Promise<void> => {
    clearTimeout(timer)
    const mine = ++turn
    const isAnswered = await answers(connection)
    if (mine !== turn) return
    if (isAnswered) return rest()
    connection.disconnect()
    connection.connect()
  }
  const rest = (): void => {
    timer = setTimeout(check, everyMs)
  }

  let wasOpen = false
  const stop = connection.$connection.subscribe(({ state, deviceOffline }) => {
    const isOpen = state === 'open'
    // A browser that says it has no network may be wrong, so it only makes us ask at once.
    if (isOpen && deviceOffline) return void check()
    if (isOpen === wasOpen) return
    wasOpen = isOpen
    clearTimeout(timer)
    turn++
    if (isOpen) rest()
  })
  return () => {
    stop()
    clearTimeout(timer)
    turn++
  }
}

/** Whether the other side answers in time. A session that cannot be probed is believed. */
async function answers(connection: Connection): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ChatError('timeout', 'no answer to a probe')), answerMs)
  })
  return Promise.race([connection.withSession(async ({ probe }) => probe?.(), answerMs), tooLate])
    .then(
      () => true,
      () => false
    )
    .finally(() => clearTimeout(timer))
}
