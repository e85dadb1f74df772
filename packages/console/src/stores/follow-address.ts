import { atom, type ReadableAtom } from 'nanostores'
import type { Address, OpenedThing } from './address.js'
import type { Inbox } from './inbox.js'
import type { Selection } from './view.js'

/** What {@link followAddress} works with. */
export interface FollowAddressOptions {
  readonly site: string
  readonly address: Address
  readonly inbox: Inbox
  readonly selected: () => Selection | null
  /** The address names this, or nothing. */
  readonly open: (selection: Selection | null) => void
  /** What the address names is not here. */
  readonly onMissing: () => void
}

/** The way from the address to what is open. */
export interface AddressFollower {
  /** `looking`: the address names something that is not found yet; `missing`: it is not on this site. */
  readonly $lookup: ReadableAtom<'done' | 'looking' | 'missing'>
  readonly stop: () => void
}

/** Pause before the server is asked again that could not be. */
const retryMs = 3_000

/** Opens what the address names, now and at every step back or forward; says so when that is not here. */
export function followAddress({ site, address, inbox, selected, open, onMissing }: FollowAddressOptions): AddressFollower {
  const $lookup = atom<'done' | 'looking' | 'missing'>('done')
  let asked: OpenedThing | null = null
  let retry: ReturnType<typeof setTimeout> | undefined

  const stopAsking = (): void => {
    clearTimeout(retry)
    asked = null
  }

  const settle = (selection: Selection | null): void => {
    const wasAway = $lookup.get() !== 'done'
    stopAsking()
    $lookup.set('done')
    if (wasAway || !isSame(selection, selected())) open(selection)
  }

  const miss = (): void => {
    if ($lookup.get() === 'missing') return
    $lookup.set('missing')
    onMissing()
  }

  const ask = async (thing: OpenedThing): Promise<void> => {
    if (isSame(asked, thing)) return
    stopAsking()
    asked = thing
    const outcome = await inbox.lookUp(thing).catch(() => 'unknown' as const)
    if (asked !== thing) return
    const found = outcome === true ? find(inbox, thing) : null
    if (found) settle(found)
    else if (outcome === 'unknown') retry = setTimeout(askAgain, retryMs)
    else miss()
  }

  const askAgain = (): void => {
    stopAsking()
    look()
  }

  const look = (): void => {
    const place = address.$place.get()
    if (place !== null && place.site !== site) miss()
    else if (!place?.open) settle(null)
    else if (isSame(place.open, selected())) settle(selected())
    else seek(place.open)
  }

  const seek = (thing: OpenedThing): void => {
    if ($lookup.get() === 'done') $lookup.set('looking')
    if (inbox.$state.get() !== 'ready') return
    const found = find(inbox, thing)
    if (found) settle(found)
    else void ask(thing)
  }

  const stops = [
    address.$place.listen(look),
    inbox.$state.listen(look),
    // What is not here yet may come in while somebody waits for it.
    inbox.$rows.listen(() => {
      if ($lookup.get() !== 'done') look()
    })
  ]
  look()
  return {
    $lookup,
    stop: () => {
      stopAsking()
      for (const stop of stops) stop()
    }
  }
}

function isSame(one: OpenedThing | null, other: OpenedThing | null): boolean {
  return one?.kind === other?.kind && one?.id === other?.id
}

function find(inbox: Inbox, { kind, id }: OpenedThing): Selection | null {
  const { conversations, requests } = inbox.$rows.get()
  if (kind === 'conversation') return conversations.has(id) ? { kind, id, c: id } : null
  const request = requests.get(id)
  return request ? { kind, id, c: request.c } : null
}
