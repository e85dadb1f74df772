import { type ClientFrame, clientFrameSchemas, closeCodes, errorTraits } from '@porchlight/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dump } from '../domain/dump.js'
import { sampleFrames } from '../domain/sample-frames.js'
import { connect, openConversation, openSocket, say, type WireClient } from '../domain/wire-client.js'
import { startBusyWorld, type World } from '../domain/world.js'

const runs = process.env['PORCHLIGHT_TEST_FULL'] ? 300 : 25
const types = Object.keys(clientFrameSchemas) as ClientFrame['t'][]
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(-1, 0.5, 2 ** 53, 1e308, '\ud800', '\0', '__proto__', 'x'.repeat(9_000), { $ne: 1 }, [[[[[[[[[[1]]]]]]]]]])
)

/** A frame with something replaced, removed or added, or what is no frame at all; about a conversation of somebody else. */
const damage = fc.oneof(
  { weight: 5, arbitrary: fc.record({ how: fc.constantFrom('replace', 'remove', 'add'), pick: fc.nat(), value: junk }) },
  { weight: 1, arbitrary: fc.record({ how: fc.constant('bytes' as const), bytes: fc.uint8Array({ maxLength: 300 }), isBinary: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ how: fc.constant('cut' as const), pick: fc.nat() }) }
)
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never

function damaged(frame: ClientFrame, wrong: Damage): { readonly data: string | Uint8Array; readonly binary: boolean } {
  if ('bytes' in wrong) return { data: wrong.bytes, binary: wrong.isBinary }
  const whole = JSON.stringify(frame)
  if (wrong.how === 'cut') return { data: whole.slice(0, wrong.pick % whole.length), binary: false }
  const fields: Record<string, unknown> = { ...frame }
  const key = Object.keys(fields)[wrong.pick % Object.keys(fields).length] as string
  if (wrong.how === 'remove') delete fields[key]
  else if ('value' in wrong) fields[wrong.how === 'add' ? `${key}x` : key] = wrong.value
  return { data: JSON.stringify(fields), binary: false }
}

/** Sends it and waits until all that it caused has been said. */
async function attack(
  world: World,
  t: ClientFrame['t'],
  sent: ReturnType<typeof damaged>
): Promise<{ readonly client: WireClient; readonly before: string }> {
  const client = await openSocket(world)
  if (t !== 'hello') {
    client.send({ t: 'hello', v: [1, 1], device: client.device })
    await client.next('welcome')
  }
  const before = await dump(world.db)
  client.socket.send(sent.data, { binary: sent.binary })
  client.send({ t: 'ping', now: 77 })
  await Promise.race([client.next('pong', ({ echo }) => echo === 77).catch(() => {}), client.closed])
  return { client, before }
}

it.each(types)(
  '%s, whatever is wrong with it, is answered or ends its own socket, by a documented code, and changes nothing when refused',
  async (t) => {
    const world = await startBusyWorld()
    const bystander = await connect(world)
    const c = await openConversation(bystander)
    await say(bystander, { c, n: 1, text: 'between us' })
    let n = 1
    await fc.assert(
      fc.asyncProperty(damage, async (wrong) => {
        const { client, before } = await attack(world, t, damaged(sampleFrames[t](c), wrong))
        const refusals = client.frames.flatMap((frame) => (frame.t === 'err' || frame.t === 'nack' ? [frame.code] : []))
        for (const code of refusals) expect(Object.keys(errorTraits)).toContain(code)
        expect(refusals).not.toContain('internal')
        expect(JSON.stringify(client.frames)).not.toContain('between us')
        if (refusals.length > 0) expect(await dump(world.db)).toBe(before)
        client.socket.terminate()
        const code = await client.closed
        expect(Object.values(closeCodes).map((known) => known.code)).toContain(code)
        await say(bystander, { c, n: ++n, text: 'still here' })
      }),
      { numRuns: runs }
    )
    expect(bystander.frames.filter(({ t: kind }) => kind === 'typing' || kind === 'rcpt')).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  },
  60_000
)
