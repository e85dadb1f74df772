/**
 * The one-time token of a setup link, `#setup=…`. It is taken out of the address at once, so that it stays in no history, bookmark or
 * screenshot; a fragment never reaches a server or a log.
 */
export function takeSetupToken(location: Location, history: History): string | null {
  const token = /^#setup=([\w-]+)$/.exec(location.hash)?.[1]
  if (token === undefined) return null
  history.replaceState(null, '', location.pathname + location.search)
  return token
}
