import type { CustomerPage } from '../faults/customer.js'
import { wayFaults } from '../faults/way-faults.js'
import { chance } from '../harness/seed.js'
import type { TcpProxy } from '../harness/tcp-proxy.js'
import type { Visit } from './visit.js'

/** Whom things can happen to. */
export interface CrowdFaultsOptions {
  readonly ways: readonly TcpProxy[]
  readonly visits: () => readonly Visit[]
  readonly speed: number
}

/** What happens to the people of a crowd and to their ways. */
export interface CrowdFaults {
  /** Does what follows from the number, and says what it was. */
  readonly strike: (number: number) => string
  /** Ends everything that still goes on. */
  readonly mend: () => void
}

const tabsMax = 3

/** Faults of ways and pages, each of which ends by itself after a while. */
export function createCrowdFaults({ ways, visits, speed }: CrowdFaultsOptions): CrowdFaults {
  const endings = new Map<NodeJS.Timeout, () => void>()
  function endLater(durationMs: number, end: () => void): void {
    const timer = setTimeout(() => {
      endings.delete(timer)
      end()
    }, durationMs / speed)
    endings.set(timer, end)
  }

  function breakWay(draw: (end: number) => number): string {
    const way = ways[draw(ways.length)] as TcpProxy
    const fault = wayFaults[draw(wayFaults.length)] as (typeof wayFaults)[number]
    fault.begin(way)
    endLater(draw(5) === 0 ? 32_000 : 1_000 + draw(11_000), way.restore)
    return fault.name
  }

  function bother({ customer }: Visit, page: CustomerPage, draw: (end: number) => number): string {
    const what = draw(5)
    if (what === 0) {
      void customer.reload(page)
      return 'reload'
    }
    if (what === 1 && customer.pages().length < tabsMax) {
      void customer.openTab()
      return 'another tab'
    }
    if (what === 2) {
      page.env.setVisible(false)
      endLater(2_000 + draw(30_000), () => page.env.setVisible(true))
      return 'hidden'
    }
    if (what === 3) {
      page.network.blockSockets(true)
      endLater(5_000 + draw(20_000), () => page.network.blockSockets(false))
      return 'no sockets'
    }
    page.env.setOnline(false)
    endLater(1_000 + draw(8_000), () => page.env.setOnline(true))
    return 'offline'
  }

  return {
    strike: (number) => {
      const draw = chance(number)
      const present = visits()
      const visit = present[draw(Math.max(1, present.length))]
      const page = visit?.customer.pages()[0]
      return visit && page && draw(5) < 2 ? bother(visit, page, draw) : breakWay(draw)
    },
    mend: () => {
      for (const [timer, end] of endings) {
        clearTimeout(timer)
        end()
      }
      endings.clear()
      for (const way of ways) way.restore()
    }
  }
}
