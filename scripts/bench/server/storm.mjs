// Everybody comes back at once: many devices, each of which missed messages while the server was killed and started again.
import { inTurns, newDevice, newId, openWire } from './wire-client.mjs'

const devicesEach = 10

/**
 * Seconds from the first hello after SIGKILL until each device holds everything, of each round, and what was lost or doubled on the way.
 *
 * @param {(port: number) => Promise<import('./child.mjs').Child>} startServer On the same data each time.
 * @param {{ clients: number, missed: number, rounds: number }} size
 */
export async function measureStorm(startServer, { clients, missed, rounds }) {
  let server = await startServer(0)
  const { url } = server.started
  const visitors = await inTurns(clients / devicesEach, async () => {
    const wire = await openWire(url)
    const id = newId()
    const opened = wire.answer(id)
    wire.send({ t: 'open', id })
    const { c, epoch } = await opened
    const token = wire.welcome.token
    const devices = await inTurns(
      devicesEach,
      async () => {
        const device = newDevice()
        await (await openWire(url, { hello: { device, token, subs: [{ c, epoch, have: 0 }] } })).close()
        return device
      },
      devicesEach
    )
    for (let n = 1; n <= missed; n++) {
      const message = newId()
      const answered = wire.answer(message)
      wire.send({ t: 'pub', c, id: message, n, k: 'text', body: { text: `missed ${n}` } })
      await answered
    }
    await wire.close()
    return { c, epoch, token, devices }
  })

  const all = visitors.flatMap(({ devices, ...visitor }) => devices.map((device) => ({ ...visitor, device })))
  const seconds = /** @type {number[]} */ ([])
  let wrong = 0
  for (let round = 0; round < rounds; round++) {
    await server.kill()
    server = await startServer(Number(new URL(url).port))
    const startMs = performance.now()
    const wires = await inTurns(
      all.length,
      async (index) => {
        const { c, epoch, token, device } = /** @type {typeof all[number]} */ (all[index])
        return openWire(url, { hello: { device, token, subs: [{ c, epoch, have: 0 }] } })
      },
      all.length
    )
    seconds.push((performance.now() - startMs) / 1_000)
    wrong += wires.filter(({ welcome }) => !isWhole(welcome.subs[0]?.events ?? [], missed)).length
  }
  await server.kill()
  return { seconds, wrong }
}

/** Every number once, in order, and every text. @param {readonly { seq: number, k: string, data?: { text?: string } }[]} events @param {number} missed */
function isWhole(events, missed) {
  const texts = events.filter(({ k }) => k === 'text').map(({ data }) => data?.text)
  return (
    events.every(({ seq }, index) => seq === index + 1) && texts.join() === Array.from({ length: missed }, (_, index) => `missed ${index + 1}`).join()
  )
}
