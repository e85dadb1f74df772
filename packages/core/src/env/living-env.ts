import type { Env, PageChannel } from './env.js'

/** An {@link Env} whose timers and listeners end together. */
export interface LivingEnv extends Env {
  /** Stops every timer and listener that was begun here; none begins after it. */
  readonly end: () => void
}

/** `env` for as long as something lives. What is begun through it never outlives it, whatever still waits for an answer. */
export function livingEnv(env: Env): LivingEnv {
  const stops = new Set<() => void>()
  let isOver = false

  const tied = (begin: (ended: () => void) => () => void): (() => void) => {
    if (isOver) return () => undefined
    const stop = () => {
      stops.delete(stop)
      stopIt()
    }
    const stopIt = begin(() => stops.delete(stop))
    stops.add(stop)
    return stop
  }

  const openTied = (name: string, onWord: (word: unknown) => void): PageChannel => {
    const channel = env.channel?.(name, onWord)
    return { tell: (word) => channel?.tell(word), close: tied(() => () => channel?.close()) }
  }

  return {
    ...env,
    setTimer: (callback, delayMs) =>
      tied((ended) =>
        env.setTimer(() => {
          ended()
          callback()
        }, delayMs)
      ),
    onWake: (callback) => tied(() => env.onWake(callback)),
    onHide: (callback) => tied(() => env.onHide(callback)),
    onOffline: (callback) => tied(() => env.onOffline(callback)),
    channel: env.channel && ((name, onWord) => openTied(name, onWord)),
    lock:
      env.lock &&
      (async (name, waitMs) => {
        const release = await env.lock?.(name, waitMs)
        if (release && isOver) release()
        return release && tied(() => release)
      }),
    end: () => {
      isOver = true
      for (const stop of stops) stop()
    }
  }
}
