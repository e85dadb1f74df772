// The load: pairs of connections, one that writes and one that reads the same conversation. First as fast as answers come, then at a steady rate.
import { answerParent, input, tell } from './child.mjs'
import { inTurns, newId, openWire } from './wire-client.mjs'

const { url, pairs, rounds, messages, inFlight, rate, rateMs } = input()
let delivered = 0
const writers = await inTurns(pairs, async () => {
  const wire = await openWire(url)
  const id = newId()
  const opened = wire.answer(id)
  wire.send({ t: 'open', id })
  const { c, epoch } = await opened
  const reader = await openWire(url, {
    hello: { token: wire.welcome.token, subs: [{ c, epoch, have: 0 }] },
    onEvent: ({ k }) => {
      if (k === 'text') delivered++
    }
  })
  return { wire, reader, c, n: 0 }
})

/** Sends one and waits until it is kept. Whoever is told that the disk is behind comes again, as every client does. @param {{ wire: import('./wire-client.mjs').Wire, c: string, n: number }} writer */
async function say(writer) {
  const id = newId()
  const n = ++writer.n
  for (;;) {
    const answered = writer.wire.answer(id)
    writer.wire.send({ t: 'pub', c: writer.c, id, n, k: 'text', body: { text: `Is this lamp in stock in green? I would need ${n} of them.` } })
    const answer = await answered
    if (answer.t === 'ack') return
    if (answer.code !== 'busy') throw new Error(`refused: ${JSON.stringify(answer)}`)
    await new Promise((next) => setTimeout(next, answer.after * (1 + Math.random())))
  }
}

/** Messages a second, every writer with so many on their way. */
async function asFastAsPossible() {
  const before = delivered
  let left = messages
  const startMs = performance.now()
  await Promise.all(
    writers.flatMap((writer) =>
      Array.from({ length: inFlight }, async () => {
        while (left-- > 0) await say(writer)
      })
    )
  )
  const perSecond = messages / ((performance.now() - startMs) / 1_000)
  await until(() => delivered - before >= messages)
  return perSecond
}

/** Milliseconds from when a message was due to its acknowledgement, at a steady rate. @returns {Promise<number[]>} */
async function atSteadyRate() {
  const total = (rate * rateMs) / 1_000
  const waits = /** @type {number[]} */ ([])
  const running = /** @type {Promise<void>[]} */ ([])
  const startMs = performance.now()
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1_000) * rate))
    for (; sent < due; sent++) {
      const dueMs = startMs + (sent / rate) * 1_000
      const writer = /** @type {typeof writers[number]} */ (writers[sent % writers.length])
      running.push(say(writer).then(() => void waits.push(performance.now() - dueMs)))
    }
    await new Promise((next) => setTimeout(next, 1))
  }
  await Promise.all(running)
  return waits.sort((a, b) => a - b)
}

/** @param {() => boolean} test */
async function until(test) {
  while (!test()) await new Promise((next) => setTimeout(next, 5))
}

answerParent({
  run: async () => {
    const speeds = []
    const waits = []
    await asFastAsPossible()
    for (let round = 0; round < rounds; round++) speeds.push(await asFastAsPossible())
    for (let round = 0; round < rounds; round++) {
      const sorted = await atSteadyRate()
      waits.push({ p50: sorted[sorted.length >> 1], p99: sorted[Math.floor(sorted.length * 0.99)] })
    }
    return { speeds, waits }
  }
})
tell({ isReady: true })
