// What it costs the client to put 10,000 events in order that arrive out of it.
const { createConnection } = await import(new URL('../../../packages/core/dist/index.js', import.meta.url).href)
const { memoryEnv } = await import(new URL('../../../packages/core/dist/testing.js', import.meta.url).href)

const count = 10_000
/** Events overtake each other within so many; more than a hole may hold would be fetched again instead. */
const apart = 100
const epoch = 'e'
const c = 'c_1'

/** Milliseconds, the median of so many rounds. @param {number} rounds */
export async function measureMerge(rounds) {
  const times = []
  for (let round = 0; round <= rounds; round++) times.push(await mergeOnce(round))
  // The first one pays for code that is compiled once.
  return /** @type {number} */ (times.slice(1).sort((a, b) => a - b)[rounds >> 1])
}

/** @param {number} round */
async function mergeOnce(round) {
  let emit = /** @type {(event: object) => void} */ (() => {})
  const you = { role: 'visitor', id: 'v_1' }
  const log = { c, epoch, head: 0 }
  const session = {
    caps: { durability: 'fsync', idempotentSend: true, presence: 'none', history: true, requests: 'none' },
    order: 'dense',
    you,
    conversations: [log],
    send: () => new Promise(() => {}),
    history: async () => ({ messages: [], more: false, log })
  }
  const adapter = {
    name: 'bench',
    scope: `bench:${round}`,
    connect: async (/** @type {{ emit: typeof emit }} */ context) => {
      emit = context.emit
      return session
    }
  }
  const connection = createConnection({ adapter, env: memoryEnv({ clock: 'real' }) })
  const view = connection.log(c)
  await connection.connect()
  await until(() => connection.$connection.get().state === 'open' && view.$state.get().epoch === epoch)
  const events = shuffled(round).map((order) => ({
    type: 'message',
    epoch,
    message: {
      c,
      id: `m${order}`,
      cursor: `${order}`,
      order,
      at: order,
      by: { role: 'agent', id: 'a_1' },
      k: 'text',
      body: { text: `text ${order}` }
    }
  }))
  const startMs = performance.now()
  for (const event of events) emit(event)
  const tookMs = performance.now() - startMs
  const shown = view.$messages.get()
  const isWhole =
    shown.length === count && shown.every((/** @type {{ order: number }} */ { order }, /** @type {number} */ index) => order === index + 1)
  connection.destroy()
  if (!isWhole) throw new Error(`${shown.length} of ${count} events are shown, or not in order`)
  return tookMs
}

/** 1 to `count`, each at most `apart` places from its own. @param {number} seed */
function shuffled(seed) {
  let state = seed + 1
  const random = () => {
    // Numerical Recipes' linear congruential generator: the same order in every run.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: count }, (_, index) => ({ order: index + 1, place: index + random() * apart }))
    .sort((a, b) => a.place - b.place)
    .map(({ order }) => order)
}

/** @param {() => boolean} test */
async function until(test) {
  while (!test()) await new Promise((next) => setTimeout(next, 1))
}
