import type { Hub } from '../connection/hub.js'

const waitMs = 1_000

/** Resolves with the first word about who is home in an open session, when there is no connection to wait for, or after one second. */
export function firstAnswer(hub: Hub): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = []
    const done = () => {
      for (const stop of stops) stop()
      resolve()
    }
    const check = () => {
      const { state } = hub.$connection.get()
      if (state === 'open' ? hub.$availability.get().at > 0 : state !== 'connecting' && state !== 'waiting') done()
    }
    stops.push(hub.env.setTimer(done, waitMs), hub.$connection.listen(check), hub.$availability.listen(check))
    check()
  })
}
