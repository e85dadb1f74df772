import type { HistoryEntry } from './entry.js'
import { at, type Check } from './violation.js'

/** A connection that lived this long was good: the next one that breaks is tried again at once. */
const goodMs = 10_000
/**
 * Without a good one in between, this many attempts of its own take a client at least as long. The waits between them are drawn from spans that
 * double from half a second to half a minute, so they may be short, but of fifteen in a row so few are that one client in ten thousand million is.
 */
const attemptsMax = 16
const attemptsMs = 15_000
/** Clocks of the two sides may differ by this much. */
const earlyMs = 100

interface Client {
  /** Not before, as it was told. */
  notBefore: number
  welcomedAt: number | undefined
  isWoken: boolean
  /** Its attempts since the last good connection. */
  attempts: number[]
}

/** I10: nobody comes back earlier than he was told, and whoever is turned away again and again waits ever longer. */
export const patient: Check = (entries, accuse) => {
  const clients = new Map<string, Client>()
  entries.forEach((entry, index) => {
    const client = clientOf(clients, entry)
    if (!client) return
    const { at: now } = entry
    if (entry.type === 'welcomed') client.welcomedAt = now
    else if (entry.type === 'woken') client.isWoken = true
    else {
      const wasGood = client.welcomedAt !== undefined && now - client.welcomedAt >= goodMs
      if (wasGood) client.attempts = []
      client.welcomedAt = undefined
      if (entry.type === 'ended') {
        if (entry.waitMs) client.notBefore = now + entry.waitMs
        return
      }
      const tooEarlyMs = client.notBefore - now
      if (entry.type === 'attempt' && tooEarlyMs > earlyMs) accuse('I10', index, `${entry.party} connects ${tooEarlyMs} ms earlier than it was told`)
      noteAttempt(client, now, (message) => accuse('I10', index, `${entry.party} ${message}`))
    }
  })
}

function clientOf(clients: Map<string, Client>, entry: HistoryEntry): Client | undefined {
  if (entry.type !== 'attempt' && entry.type !== 'ended' && entry.type !== 'woken' && entry.type !== 'welcomed') return undefined
  return at(clients, entry.client, () => ({ notBefore: Number.NEGATIVE_INFINITY, welcomedAt: undefined, isWoken: false, attempts: [] }))
}

function noteAttempt(client: Client, now: number, accuse: (message: string) => void): void {
  // Whoever is looked at tries at once, and that makes no later wait shorter.
  if (client.isWoken) {
    client.isWoken = false
    return
  }
  client.attempts.push(now)
  const first = client.attempts.at(-attemptsMax)
  if (first !== undefined && now - first < attemptsMs) accuse(`tries ${attemptsMax} times in ${now - first} ms, and no connection was good`)
}
