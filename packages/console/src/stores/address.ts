import { atom, type ReadableAtom } from 'nanostores'

/** A conversation or request, by its id. */
export interface OpenedThing {
  readonly kind: 'conversation' | 'request'
  readonly id: string
}

/** What an address of the console names: a site, and what is open there. */
export interface Place {
  readonly site: string
  readonly open: OpenedThing | null
}

/**
 * Where the console is, as its address says: it survives a reload, Back and Forward move in it, and colleagues can pass it on. It stands in the
 * fragment, which reaches no server and no log, and holds ids only: whoever follows it has to be let in first.
 */
export interface Address {
  /** Null: the address names nothing. */
  readonly $place: ReadableAtom<Place | null>
  /** A place to come back to. Going where the address is already makes no second entry in the history. */
  readonly go: (place: Place) => void
  /** Takes the place out of the address, so that whoever comes next starts at the start. */
  readonly clear: () => void
  readonly stop: () => void
}

const shape = /^#\/([a-z0-9-]{1,40})(?:\/(conversations|requests)\/([\w-]{1,64}))?$/

/** Reads the fragment of an address; null for anything else that may stand there. */
export function parsePlace(hash: string): Place | null {
  const [, site, list, id] = shape.exec(hash) ?? []
  if (site === undefined) return null
  if (list === undefined || id === undefined) return { site, open: null }
  return { site, open: { kind: list === 'requests' ? 'request' : 'conversation', id } }
}

/** The fragment of an address. */
export function formatPlace({ site, open }: Place): string {
  return open === null ? `#/${site}` : `#/${site}/${open.kind}s/${open.id}`
}

/** The address of this page. */
export function createAddress(page: Window): Address {
  const { location, history } = page
  const $place = atom(parsePlace(location.hash))
  // The browser says so of Back, Forward and of an address typed over this one, and never of what the page does by itself.
  const follow = (): void => $place.set(parsePlace(location.hash))
  page.addEventListener('hashchange', follow)
  return {
    $place,
    go: (place) => {
      const hash = formatPlace(place)
      if (hash === location.hash) return
      history.pushState(null, '', hash)
      $place.set(place)
    },
    clear: () => {
      history.replaceState(null, '', location.pathname + location.search)
      $place.set(null)
    },
    stop: () => page.removeEventListener('hashchange', follow)
  }
}
