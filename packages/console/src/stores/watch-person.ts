import type { Connection } from '@porchlight/core'

/** What {@link watchPerson} works with. */
export interface WatchPersonOptions {
  readonly connection: Connection
  readonly site: string
  /** Where input arrives: the window. */
  readonly target: EventTarget
}

/** Input is told at most this often; without any for ten minutes the server gives this operator no customers. */
const everyMs = 60_000
/** A connection that was lost may be back by then. */
const waitMs = 30_000
/** What a hand does last: a switch that it presses has been pressed before anybody hears of it, and shows what it showed. Programs scroll, too, so that is none. */
const deeds = ['click', 'keyup', 'wheel', 'touchend'] as const

/**
 * Tells the server that somebody is at this console: now, for somebody has opened it, and whenever there is input. What an open page does by itself is no sign of
 * a person. Returns its stop.
 */
export function watchPerson({ connection, site, target }: WatchPersonOptions): () => void {
  let toldAt = Number.NEGATIVE_INFINITY
  let place: string | undefined

  const tell = (): void => {
    if (performance.now() - toldAt < everyMs) return
    toldAt = performance.now()
    connection
      .withSession(async ({ typing }) => typing?.(`inbox:${site}`, true), waitMs)
      .catch(() => {
        toldAt = Number.NEGATIVE_INFINITY
      })
  }

  /** Browsers also tell of a pointer that rests when what lies below it moves. */
  const move = (event: Event): void => {
    const { screenX, screenY } = event as PointerEvent
    const last = place
    place = `${screenX} ${screenY}`
    if (last !== undefined && last !== place) tell()
  }

  for (const deed of deeds) target.addEventListener(deed, tell, { passive: true })
  target.addEventListener('pointermove', move, { passive: true })
  tell()
  return () => {
    for (const deed of deeds) target.removeEventListener(deed, tell)
    target.removeEventListener('pointermove', move)
  }
}
