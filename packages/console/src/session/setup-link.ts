import { atom, type ReadableAtom } from 'nanostores'

/** The set-up link that this tab was opened with, or was led to later. */
export interface SetupLink {
  /** Its one-time token, until it is used or refused; null without one. */
  readonly $token: ReadableAtom<string | null>
  /** It is used, or the server refuses it. */
  readonly forget: () => void
  readonly stop: () => void
}

const key = 'porchlight-console:setup'

/**
 * Follows the one-time token of `#setup=…`. It is taken out of the address at once, so that it stays in no history, bookmark or screenshot; a
 * fragment never reaches a server or a log. The tab's own storage keeps it through a reload; where that is denied it lives as long as the page.
 */
export function createSetupLink(page: Window, storage: Storage | null): SetupLink {
  const { location, history } = page
  const $token = atom<string | null>(attempt(() => storage?.getItem(key)) ?? null)
  const take = (): void => {
    const token = /^#setup=([\w-]+)$/.exec(location.hash)?.[1]
    if (token === undefined) return
    history.replaceState(null, '', location.pathname + location.search)
    attempt(() => storage?.setItem(key, token))
    $token.set(token)
  }
  take()
  // A link that is followed in a tab that shows the console already loads nothing: only the fragment changes.
  page.addEventListener('hashchange', take)
  return {
    $token,
    forget: () => {
      attempt(() => storage?.removeItem(key))
      $token.set(null)
    },
    stop: () => page.removeEventListener('hashchange', take)
  }
}

/** Storage may be denied at any call. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
