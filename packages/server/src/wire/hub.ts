import type { ConversationRow } from '@porchlight/protocol'
import type { AvailabilityService } from '../availability/availability.types.js'
import { visibleEvent } from '../chat/visible-event.js'
import type { Presence } from '../presence/presence.types.js'
import type { SiteInfoService } from '../site-info/site-info.js'
import type { Db } from '../store/database.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { Hub, Member, PlaceTeller, Switchboard } from './hub.types.js'
import { createKeyedSets } from './keyed-sets.js'
import { createMembers } from './members.js'

/** What the hub listens to. */
export interface HubOptions {
  readonly db: Pick<Db, 'onCommit'>
  readonly availability: Pick<AvailabilityService, 'onChange'>
  readonly presence: Pick<Presence, 'revoke'>
  readonly siteInfo: Pick<SiteInfoService, 'onChange'>
}

/** Connections told in one turn of the event loop; each costs about 50 µs. */
const turnSize = 200

/** Makes the hub: every commit and every change of availability goes out from here. */
export function createHub({ db, availability, presence, siteInfo }: HubOptions): Hub & Switchboard & PlaceTeller & { readonly stop: () => void } {
  const members = createMembers()
  const followers = createKeyedSets<Member>()

  const stopCommits = db.onCommit((events) => {
    for (const event of events) sendEvent(event, followers.of(event.c))
    for (const { site, k, data } of events) {
      if (k !== 'conversation.changed') continue
      const { visitor, department } = data as unknown as ConversationRow
      moveVisitor(site, visitor.id, department)
    }
  })
  const stopAvailability = availability.onChange((site) => void tellAvailability(site))

  const stopSiteInfo = siteInfo.onChange((site, info) => {
    const text = JSON.stringify({ t: 'site', ...info })
    void inTurns(site, (member) => {
      if (member.subject.kind === 'visitor') member.push(text, { kind: 'state', key: 'site' })
    })
  })

  const tellAvailability = (site: string) => inTurns(site, tellHome)

  async function inTurns(site: string, tell: (member: Member) => void): Promise<void> {
    const told = members.all().filter(({ subject }) => subject.site === site)
    for (const [index, member] of told.entries()) {
      if (index > 0 && index % turnSize === 0) await new Promise(setImmediate)
      tell(member)
    }
  }

  function moveVisitor(site: string, visitorId: string, department: string | null): void {
    for (const member of members.ofVisitor(site, visitorId)) {
      member.home.moveTo(department)
      tellHome(member)
    }
  }

  function drop(test: (member: Member) => boolean): void {
    for (const member of members.all().filter(test)) member.close('token')
  }

  return {
    admit: members.admit,
    tellPlace: (site, visitorId, told) => {
      const text = JSON.stringify({ t: 'queue', ...told })
      for (const member of members.ofVisitor(site, visitorId)) member.push(text, { kind: 'state', key: 'queue' })
    },
    follow: followers.add,
    unfollow: followers.remove,
    moveVisitor,
    relay: (c, text, { weight, exceptId }) => {
      for (const member of followers.of(c)) if (member.subject.id !== exceptId) member.push(text, weight)
    },
    dropOperator: (operatorId) => {
      drop(({ subject }) => subject.kind === 'operator' && subject.id === operatorId)
      presence.revoke(operatorId)
    },
    dropSession: (session) => drop((member) => member.session === session),
    dropVisitor: (site, visitorId) => drop(({ subject }) => subject.kind === 'visitor' && subject.site === site && subject.id === visitorId),
    count: () => {
      const all = members.all()
      const visitors = all.filter(({ subject }) => subject.kind === 'visitor').length
      return { visitors, operators: all.length - visitors }
    },
    drain: async (windowMs) => {
      const leaving: Promise<void>[] = []
      for (const [index, member] of members.all().entries()) {
        if (index > 0 && index % turnSize === 0) await new Promise(setImmediate)
        leaving.push(member.drain(windowMs))
      }
      await Promise.all(leaving)
    },
    stop: () => {
      stopSiteInfo()
      stopCommits()
      stopAvailability()
    }
  }
}

/** A department's news are news for those alone whom it concerns. */
function tellHome({ home, push }: Member): void {
  const answer = home.news()
  if (answer) push(JSON.stringify({ t: 'avail', ...answer }), { kind: 'state', key: 'avail' })
}

/** Written out once for each kind of reader, not once for each reader. */
function sendEvent(event: StoredEvent, followers: readonly Member[]): void {
  const texts: { visitor?: string; operator?: string } = {}
  for (const member of followers) {
    const { kind } = member.subject
    texts[kind] ??= JSON.stringify({ t: 'ev', ...visibleEvent(kind, event) })
    member.onEvent(event, texts[kind])
  }
}
