import { checkHistory, createHistory, type HistoryRecorder, type Joined, join } from '@porchlight/adapters/testing'
import { limits } from '@porchlight/protocol'
import { WebSocket } from 'ws'
import { chance } from '../harness/seed.js'
import { connectVisitor, type Frame, newMessageId, type WireVisitor } from '../harness/wire-visitor.js'
import { type PorchlightWorld, startPorchlightWorld } from '../test/porchlight-world.js'
import { becomes, type LayerOptions, type LayerResult, runLayer } from './layer.js'

const site = 'shop'
const stepsARun = 6
/** A reader's bound, and the answer that goes beyond it. */
const queueMaxBytes = limits.sendQueueHardBytes + 2 * limits.frameMaxBytes
/** So many pages are more than the machine holds for both ends of a socket. */
const pagesAsked = 400
/** A page of the log that is asked for again and again. */
const pageTexts = 8

interface Stage {
  readonly world: PorchlightWorld
  readonly history: HistoryRecorder
  readonly draw: (end: number) => number
  readonly ann: Joined
  /** Ann's log. */
  readonly c: string
  readonly say: () => Promise<unknown>
}

/** People who want what is not theirs: a log of somebody else's, again and again, and more than a connection carries. */
export function runStrangersLayer(options: LayerOptions): Promise<LayerResult> {
  return runLayer(options, async (seed) => {
    const stage = await setStage(seed)
    const stopWatching = watchQueues(stage.history)
    try {
      for (let step = 0; step < stepsARun; step++) await eavesdrop(stage, `eve ${step}`)
      await askForTooMuch(stage)
      const history = stage.history.entries()
      return { steps: stepsARun + 1, violations: checkHistory(history), history }
    } finally {
      stopWatching()
      stage.ann.leave()
      await stage.world.stop()
    }
  })
}

async function setStage(seed: number): Promise<Stage> {
  const world = await startPorchlightWorld()
  await world.makeSite(site)
  const ann = await join(world.visitor(site))
  const { c } = await ann.conversation()
  let n = 0
  const say = () => ann.say(c, ++n, `only for the shop ${n}`)
  await say()
  return { world, history: createHistory(), draw: chance(seed), ann, c, say }
}

/** Names Ann's log in a greeting or in a question, before or after she writes, goes, and comes back with it. */
async function eavesdrop({ world, history, draw, c, say }: Stage, party: string): Promise<void> {
  history.record('server', { type: 'rights', of: party, c, isAllowed: false })
  const url = `http://127.0.0.1:${world.port}`
  const subs = [{ c, epoch: draw(2) === 0 ? '' : 'guessed', have: draw(2) }]
  const note = ({ welcome, frames }: WireVisitor) => {
    for (const { seq, id } of [welcome, ...frames].flatMap(eventsIn)) history.record(party, { type: 'heard', c, seq, id })
  }
  const first = await connectVisitor(url, { site, ...(draw(3) > 0 ? { subs } : {}) })
  first.send({ t: 'fetch', rid: 'all', c, from: 1, sub: draw(2) === 0 })
  await say()
  await isHeard(first)
  note(first)
  first.leave()
  const back = await connectVisitor(url, { site, device: first.device, token: first.welcome['token'], subs })
  await say()
  await isHeard(back)
  note(back)
  back.leave()
}

/** Everything in a frame that is an event. */
function eventsIn(frame: Frame): readonly { readonly seq: number; readonly id: string }[] {
  if (frame.t === 'ev') return [frame as never]
  const parts = [frame, ...((frame['subs'] as readonly Frame[] | undefined) ?? [])]
  return parts.flatMap((part) => (part['events'] as readonly { seq: number; id: string }[] | undefined) ?? [])
}

/** Whatever was said to the server before is answered. */
async function isHeard({ send, next }: WireVisitor): Promise<unknown> {
  const now = Math.floor(performance.now() * 1_000)
  send({ t: 'ping', now })
  return next((frame) => frame.t === 'pong' && frame['echo'] === now)
}

/** Asks for page after page, and reads none of them. */
async function askForTooMuch({ world, history }: Stage): Promise<void> {
  const greedy = await connectVisitor(`http://127.0.0.1:${world.port}`, { site })
  const opening = newMessageId()
  greedy.send({ t: 'open', id: opening })
  const { c } = await greedy.next((frame) => frame.t === 'ack' && frame['id'] === opening)
  for (let n = 1; n <= pageTexts; n++) {
    const id = newMessageId()
    greedy.send({ t: 'pub', c, id, n, k: 'text', body: { text: 'x'.repeat(7_900) } })
    await greedy.next((frame) => frame.t === 'ack' && frame['id'] === id)
  }
  history.record('greedy', { type: 'fault', name: 'reads nothing' })
  greedy.pause()
  for (let asked = 0; asked < pagesAsked; asked++) {
    greedy.send({ t: 'fetch', rid: `page ${asked}`, c, from: 1 })
    // As fast as they are answered: more than some waiting are refused.
    if (asked % 40 === 0) await becomes(() => false, 30)
  }
  greedy.leave()
}

/** Writes down what waits in the process for each of the server's sockets. Returns its stop. */
function watchQueues(history: HistoryRecorder): () => void {
  const { prototype } = WebSocket
  const { send } = prototype
  let most = 0
  prototype.send = function (this: WebSocket, ...parts: unknown[]) {
    ;(send as (...all: unknown[]) => void).apply(this, parts)
    if (this.bufferedAmount <= most) return
    most = this.bufferedAmount
    history.record('server', { type: 'gauge', name: 'bytes that wait for one reader', value: most, max: queueMaxBytes })
  } as typeof send
  return () => {
    prototype.send = send
  }
}
