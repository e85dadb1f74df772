import { createAdmission } from './admission/admission.js'
import { createExpectedWaits } from './answers/expected-waits.js'
import { createAvailability } from './availability/availability.js'
import { createChatService } from './chat/chat-service.js'
import { createSiteStaff } from './chat/site-staff.js'
import { systemClock } from './clock.js'
import { departmentOf } from './departments/department-of.js'
import type { Domain, DomainOptions, Durations } from './domain.types.js'
import { createHandovers } from './handover/handovers.js'
import { createSiteDoors } from './hours/site-doors.js'
import { createZoneOffset } from './hours/zone-offset.js'
import { addVisitorRoutes } from './http/visitor/visitor-routes.js'
import { createClientAddress } from './limits/client-address.js'
import { createRateLimits } from './limits/rate-limits.js'
import { errorFacts } from './log.js'
import { createPresence } from './presence/presence.js'
import { createGivenTimes } from './queue/given-times.js'
import { createQueue } from './queue/queue.js'
import { createSiteInfo, type Recipients } from './site-info/site-info.js'
import { keepTidy } from './store/keep-tidy.js'
import { answerTargetsOf, loadSites } from './store/site-registry.js'
import { attachGateway, type Gateway } from './wire/gateway.js'
import { createHub } from './wire/hub.js'
import { createPollSessions } from './wire/poll-session.js'
import type { WireContext } from './wire/wire-context.js'

/** Times that hold unless something else is asked for. */
const defaultDurations: Durations = {
  leaseMs: 25_000,
  leftGraceMs: 8_000,
  lostGraceMs: 10_000,
  downDelayMs: 1_000,
  bootHoldMs: 15_000,
  loadWindowMs: 600_000,
  closeGraceMs: 1_800_000
}

const alwaysSomebody: Recipients = { has: async () => true, onChange: () => () => undefined }

/** Reads sites, leases and the last answers from the database, and puts conversations, presence, availability and the wire together. */
export async function createDomain(options: DomainOptions): Promise<Domain> {
  const { db, log, isOwnOrigin, redeemTicket, isStillHeld, clock = systemClock } = options
  const durations: Durations = { ...defaultDurations, ...options.durations }
  const onFault = (error: unknown): void => log.error(errorFacts(error), 'a change of presence was not stored')
  const onUnknownZone = (site: string): void => log.error({ site }, 'the time zone of a site is not known here, so its hours do not count')
  const sites = await loadSites(db)
  const limits = createRateLimits(options.limits)
  const clientAddress = createClientAddress(options.trustProxy)
  const admission = createAdmission({ clock, rate: options.limits?.hellos, vitals: options.vitals })
  const presence = await createPresence({ db, clock, durations, onFault })
  const { zoneOffset = createZoneOffset() } = options
  const doors = createSiteDoors({ clock, sites, zoneOffset, closeGraceMs: durations.closeGraceMs, onUnknownZone })
  const availability = await createAvailability({ db, clock, presence, sites, doors, durations, onFault })
  const siteInfo = createSiteInfo({ sites, recipients: options.recipients ?? alwaysSomebody, isMailing: options.isMailing === true, onFault })
  const hub = createHub({ db, availability, presence, siteInfo })
  const given = createGivenTimes(db)
  const staff = createSiteStaff({ clock, presence, sites, doors, loadWindowMs: durations.loadWindowMs, givenAt: given.of })
  const handovers = await createHandovers({ db, clock, presence, sites, staff, onFault })
  const expectedWaits = createExpectedWaits(db)
  const queue = await createQueue({
    ...{ db, clock, staff, sites, onFault },
    triggers: [presence.onChange, availability.onChange, sites.onChange],
    answerMs: (site, department) => expectedWaits(site, department, clock.now())
  })
  queue.onChange(hub.tellPlace)
  const chat = createChatService({
    db,
    clock,
    staff,
    siteInfo: siteInfo.get,
    department: (site, name) => departmentOf(sites.get(site), name)?.id ?? null,
    departments: (site) => (sites.get(site)?.settings.departments ?? []).map(({ id, name }) => ({ id, name })),
    mailing: (site) => (options.isMailing ? { to: sites.get(site)?.settings.mailTo ?? null } : null),
    answerTargets: (site) => answerTargetsOf(sites.get(site)?.settings ?? {}),
    onCursor: (_site, c, cursor) =>
      hub.relay(c, JSON.stringify({ t: 'rcpt', c, ...cursor }), { weight: { kind: 'state', key: `rcpt ${c} ${cursor.by.id}` } })
  })
  const context: WireContext = {
    db,
    clock,
    log,
    chat,
    presence,
    availability,
    siteInfo,
    limits,
    hub,
    admission,
    handovers,
    queue,
    redeemTicket,
    isStillHeld
  }
  const sessions = createPollSessions(context)
  const stopTidying = keepTidy(context)
  let gateway: Gateway | undefined

  return {
    sites,
    chat,
    presence,
    availability,
    hub,
    attach: async (app) => {
      gateway = attachGateway(app.server, { context, clientAddress, sites, isOwnOrigin })
      await addVisitorRoutes(app, { sites, availability, isOwnOrigin, sessions, limits, clientAddress, chat, db, clock, hub })
    },
    close: async (deadline = new Promise(() => {})) => {
      stopTidying()
      gateway?.refuse()
      const { visitors, operators } = hub.count()
      // A disk that hangs keeps nobody from hearing that he is to leave.
      const settled = Promise.all([availability.close(), handovers.close(), queue.close(), hub.drain(admission.windowMs(visitors + operators))])
      await Promise.race([settled, deadline])
      gateway?.close()
      sessions.close()
      admission.stop()
      hub.stop()
      given.stop()
      siteInfo.stop()
      await Promise.race([presence.close(), deadline])
    }
  }
}
