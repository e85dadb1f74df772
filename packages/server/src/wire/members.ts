import { limits } from '@porchlight/protocol'
import type { Subject } from '../chat/subject.js'
import type { Member, Switchboard } from './hub.types.js'
import { createKeyedSets } from './keyed-sets.js'

/** The welcomed connections of a server. */
export interface Members extends Pick<Switchboard, 'admit'> {
  readonly all: () => readonly Member[]
  readonly ofVisitor: (site: string, visitorId: string) => readonly Member[]
}

/** Makes an empty set of connections, in which a newer one takes the place of an older one. */
export function createMembers(): Members {
  const all = new Set<Member>()
  const ofDevice = createKeyedSets<Member>()
  const ofSubject = createKeyedSets<Member>()

  /** Older connections of the same page, and those that are too many of the device. */
  function makeRoomOnDevice(member: Member): void {
    const sameDevice = ofDevice.of(deviceKey(member))
    const samePage = sameDevice.filter(({ tab }) => tab !== undefined && tab === member.tab)
    const others = sameDevice.filter((other) => !samePage.includes(other))
    const olderPages = byAge([...samePage, member]).slice(0, -1)
    for (const older of [...olderPages, ...tooMany(others, limits.socketsPerDevice)]) older.close('replaced')
  }

  /** Whoever names ever new devices is one visitor still. Operators are few, known, and at several desks. */
  function makeRoomOfVisitor(member: Member): void {
    if (member.subject.kind !== 'visitor') return
    for (const oldest of tooMany(ofSubject.of(subjectKey(member)), limits.socketsPerVisitor)) oldest.close('replaced')
  }

  return {
    all: () => [...all],
    ofVisitor: (site, id) =>
      (['socket', 'poll'] as const).flatMap((via) => ofSubject.of(subjectKey({ via, subject: { kind: 'visitor', site, id } }))),
    admit: (member) => {
      makeRoomOnDevice(member)
      makeRoomOfVisitor(member)
      all.add(member)
      ofDevice.add(deviceKey(member), member)
      ofSubject.add(subjectKey(member), member)
      return () => {
        all.delete(member)
        ofDevice.remove(deviceKey(member), member)
        ofSubject.remove(subjectKey(member), member)
      }
    }
  }
}

function byAge(members: readonly Member[]): readonly Member[] {
  return [...members].sort((a, b) => a.generation - b.generation)
}

/** The oldest of those that are there, so that one more makes `most`. */
function tooMany(members: readonly Member[], most: number): readonly Member[] {
  return byAge(members).slice(0, Math.max(0, members.length - most + 1))
}

function subjectKey({ via, subject }: Pick<Member, 'via'> & { readonly subject: Pick<Subject, 'kind' | 'site' | 'id'> }): string {
  return `${via} ${subject.site} ${subject.id}`
}

function deviceKey(member: Member): string {
  return `${subjectKey(member)} ${member.device}`
}
