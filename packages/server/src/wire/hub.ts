import { limits } from '@porchlight/protocol'
import type { AvailabilityService } from '../availability/availability.types.js'
import { visibleEvent } from '../chat/visible-event.js'
import type { Presence } from '../presence/presence.types.js'
import type { Db } from '../store/database.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { Hub, Member, Switchboard } from './hub.types.js'

/** What the hub listens to. */
export interface HubOptions {
  readonly db: Pick<Db, 'onCommit'>
  readonly availability: Pick<AvailabilityService, 'get' | 'forVisitor' | 'onChange'>
  readonly presence: Pick<Presence, 'revoke'>
}

/** Connections told in one turn of the event loop; each costs about 50 µs. */
const turnSize = 200

/** Makes the hub: every commit and every change of availability goes out from here. */
export function createHub({ db, availability, presence }: HubOptions): Hub & Switchboard & { readonly stop: () => void } {
  const members = new Set<Member>()
  const followers = new Map<string, Set<Member>>()
  const devices = new Map<string, Set<Member>>()
  const ofVisitor = new Map<string, Set<Member>>()

  const stopCommits = db.onCommit((events) => {
    for (const event of events) sendEvent(event, followers.get(event.c))
  })
  const stopAvailability = availability.onChange((site) => void tellAvailability(site))

  async function tellAvailability(site: string): Promise<void> {
    const told = [...members].filter(({ subject }) => subject.site === site)
    for (const [index, member] of told.entries()) {
      if (index > 0 && index % turnSize === 0) await new Promise(setImmediate)
      const { subject } = member
      const answer = subject.kind === 'visitor' ? availability.forVisitor(site, subject.id) : availability.get(site)
      member.push(JSON.stringify({ t: 'avail', ...answer }), { kind: 'state', key: 'avail' })
    }
  }

  function admit(member: Member): () => void {
    const sameDevice = [...(devices.get(deviceKey(member)) ?? [])]
    const samePage = sameDevice.filter(({ tab }) => tab !== undefined && tab === member.tab)
    const others = sameDevice.filter((other) => !samePage.includes(other))
    const tooMany = others.slice(0, Math.max(0, others.length - limits.socketsPerDevice + 1))
    for (const older of [...samePage, ...tooMany]) older.close('replaced')
    makeRoom(member)
    members.add(member)
    addTo(devices, deviceKey(member), member)
    addTo(ofVisitor, subjectKey(member), member)
    return () => {
      members.delete(member)
      removeFrom(devices, deviceKey(member), member)
      removeFrom(ofVisitor, subjectKey(member), member)
    }
  }

  /** Whoever names ever new devices is one visitor still. Operators are few, known, and at several desks. */
  function makeRoom(member: Member): void {
    if (member.subject.kind !== 'visitor') return
    const own = [...(ofVisitor.get(subjectKey(member)) ?? [])]
    for (const oldest of own.slice(0, Math.max(0, own.length - limits.socketsPerVisitor + 1))) oldest.close('replaced')
  }

  function drop(test: (member: Member) => boolean): void {
    for (const member of [...members].filter(test)) member.close('token')
  }

  return {
    admit,
    follow: (c, member) => addTo(followers, c, member),
    unfollow: (c, member) => removeFrom(followers, c, member),
    relay: (c, text, { weight, exceptId }) => {
      for (const member of followers.get(c) ?? []) if (member.subject.id !== exceptId) member.push(text, weight)
    },
    dropOperator: (operatorId) => {
      drop(({ subject }) => subject.kind === 'operator' && subject.id === operatorId)
      presence.revoke(operatorId)
    },
    dropSession: (session) => drop((member) => member.session === session),
    dropVisitor: (site, visitorId) => drop(({ subject }) => subject.kind === 'visitor' && subject.site === site && subject.id === visitorId),
    count: () => {
      const visitors = [...members].filter(({ subject }) => subject.kind === 'visitor').length
      return { visitors, operators: members.size - visitors }
    },
    drain: async (windowMs) => {
      await Promise.all([...members].map((member) => member.drain(windowMs)))
    },
    stop: () => {
      stopCommits()
      stopAvailability()
    }
  }
}

/** Written out once for each kind of reader, not once for each reader. */
function sendEvent(event: StoredEvent, followers: ReadonlySet<Member> | undefined): void {
  const texts: { visitor?: string; operator?: string } = {}
  for (const member of followers ?? []) {
    const { kind } = member.subject
    texts[kind] ??= JSON.stringify({ t: 'ev', ...visibleEvent(kind, event) })
    member.onEvent(event, texts[kind])
  }
}

function subjectKey({ via, subject }: Member): string {
  return `${via} ${subject.site} ${subject.id}`
}

function deviceKey(member: Member): string {
  return `${subjectKey(member)} ${member.device}`
}

function addTo(sets: Map<string, Set<Member>>, key: string, member: Member): void {
  const known = sets.get(key)
  if (known) known.add(member)
  else sets.set(key, new Set([member]))
}

function removeFrom(sets: Map<string, Set<Member>>, key: string, member: Member): void {
  const known = sets.get(key)
  known?.delete(member)
  if (known?.size === 0) sets.delete(key)
}
