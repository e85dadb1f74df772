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

/** Opens what the address names, now and at every step back or forward; says so when that is not here. */
export function followAddress({ site, address, inbox, selected, open, onMissing }: FollowAddressOptions): AddressFollower {
  const $lookup = atom<'done' | 'looking' | 'missing'>('done')
  let asked: OpenedThing | null = null

  const settle = (selection: Selection | null): void => {
    const wasAway = $lookup.get() !== 'done'
    asked = null
    $lookup.set('done')
    if (wasAway || !isSame(selection, selected())) open(selection)
  }

  const miss = (): void => {
    if ($lookup.get() === 'missing') return
    $lookup.set('missing')
    onMissing()
  }

  const ask = async (thing: OpenedThing): Promise<void> => {
    if (asked?.id === thing.id) return
    asked = thing
    const isThere = thing.kind === 'conversation' && (await inbox.hasConversation(thing.id))
    if (asked !== thing) return
    if (isThere) settle({ kind: 'conversation', id: thing.id, c: thing.id })
    else miss()
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
      if ($lookup.get() === 'missing') look()
    })
  ]
  look()
  return {
    $lookup,
    stop: () => {
      asked = null
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
