import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { roomyLimits } from '../faults/roomy-limits.js'
import { runProcess } from '../harness/run-process.js'
import { startServer } from '../harness/server-process.js'
import { connectVisitor, newMessageId } from '../harness/wire-visitor.js'

const texts = 40

/** Counts what a process asks of its disks; nothing where the machine has no `strace`, or does not let it look. */
async function countSyncs(pid: number): Promise<(() => number) | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-syncs-'))
  const path = join(folder, 'calls')
  const tracer = runProcess('sh', ['-c', `exec strace -f -p ${pid} -e trace=fdatasync,fsync -o ${path}`])
  onTestFinished(async () => {
    tracer.kill('SIGINT')
    await tracer.ended
    rmSync(folder, { recursive: true })
  })
  const isAttached = await tracer.printed(/attached/).then(
    () => true,
    () => false
  )
  // A call that is still running has a line of its own; that it ended is told by the other.
  return isAttached ? () => readFileSync(path, 'utf8').match(/= 0$/gm)?.length ?? 0 : undefined
}

it('each message that is acknowledged alone was synced to the disk before', async ({ skip }) => {
  const server = await startServer({ PORCHLIGHT_LIMITS: JSON.stringify(roomyLimits) })
  onTestFinished(server.stop)
  const visitor = await connectVisitor(server.url)
  const openId = newMessageId()
  visitor.send({ t: 'open', id: openId })
  const c = String((await visitor.next((frame) => frame['id'] === openId))['c'])
  const syncs = await countSyncs(server.running().pid)
  if (!syncs) return skip('there is no strace here that may look')
  for (let n = 1; n <= texts; n++) {
    const before = syncs()
    const id = newMessageId()
    visitor.send({ t: 'pub', c, id, n, k: 'text', body: { text: `${n}` } })
    await visitor.next((frame) => frame['id'] === id && frame.t === 'ack')
    expect(syncs(), `syncs until the acknowledgement of ${n}`).toBeGreaterThan(before)
  }
  visitor.leave()
})
