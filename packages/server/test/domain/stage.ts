import type { AvailabilityReason, AvailabilityState } from '@porchlight/protocol'
import { createManualClock, type ManualClock } from './manual-clock.js'
import { connect, type HelloOptions, type Welcomed } from './wire-client.js'
import { startWorld, type World, type WorldOptions } from './world.js'

/** A world with a clock, and people who come and go. */
export interface Stage {
  readonly world: World
  readonly clock: ManualClock
  readonly state: () => `${AvailabilityState} ${AvailabilityReason}`
  readonly operator: (id: string, isAvailable?: boolean) => Promise<Welcomed>
}

/** Starts a world whose clock only the test moves. */
export async function setStage(options: WorldOptions & { readonly clock?: ManualClock } = {}): Promise<Stage> {
  const clock = options.clock ?? createManualClock()
  const world = await startWorld({ ...options, clock })
  return {
    world,
    clock,
    state: () => {
      const { state, reason } = world.domain.availability.get('shop')
      return `${state} ${reason}`
    },
    operator: async (id, isAvailable) => {
      const client = await connect(world, { ticket: await world.ticketFor(id) })
      answerPings(client)
      if (isAvailable !== undefined) await world.domain.presence.setAvailable(id, isAvailable)
      await clock.advance(0)
      return client
    }
  }
}

/** Answers pings as a client does that lives. */
export function answerPings(client: Welcomed): void {
  client.socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as { readonly t: string; readonly now: number }
    if (frame.t === 'ping' && client.socket.readyState === 1) client.send({ t: 'pong', echo: frame.now })
  })
}

/** A socket's end takes a few turns of the event loop to arrive at the other side. */
export async function gone(clock: ManualClock, client: Welcomed, how: 'close' | 'terminate'): Promise<void> {
  if (how === 'close') client.close()
  else client.socket.terminate()
  await client.closed
  for (let turn = 0; turn < 5; turn++) await clock.advance(0)
}

/** A visitor who lives. */
export async function customer(world: World, options: HelloOptions = {}): Promise<Welcomed> {
  return connect(world, options)
}
