const recentMs = 30 * 24 * 60 * 60 * 1000

/** Whether this browser took part in a conversation, or left a request, within 30 days. */
export function hasVisited(scope: string): boolean {
  try {
    return Date.now() - JSON.parse(localStorage.getItem(`porchlight:${scope}`) ?? '{}').activeAt < recentMs
  } catch {
    return false
  }
}
