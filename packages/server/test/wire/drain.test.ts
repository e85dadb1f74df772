import { expect, it, onTestFinished, vi } from 'vitest'
import { commands } from '../../src/writer/commands.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, openConversation } from '../domain/wire-client.js'
import { startWorld, type World } from '../domain/world.js'

it('a server that goes says when to come back, and answers what it has taken before it closes', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const disk = slowDisk(world)
  const id = newMessageId()
  customer.send({ t: 'pub', c, id, n: 1, k: 'text', body: { text: 'just in time' } })
  customer.send({ t: 'ping', now: 1 })
  await customer.next('pong')

  const closing = world.domain.close()
  const { after } = await customer.next('drain')
  expect(after[1]).toBeGreaterThan(after[0])
  expect(customer.frames.some((frame) => frame.t === 'ack' && frame.id === id)).toBe(false)
  disk.goOn()
  expect(await customer.next('ack', (ack) => ack.id === id)).toMatchObject({ c, seq: 1 })
  expect(await customer.closed).toBe(1012)
  await closing
})

/** A commit that does not end until it is told to. */
function slowDisk({ db }: World): { readonly goOn: () => void } {
  let goOn: () => void = () => {}
  const isReady = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const slow = vi.spyOn(commands, 'meta.noteReady').mockReturnValueOnce(isReady)
  onTestFinished(() => slow.mockRestore())
  void db.write('meta.noteReady', null)
  return { goOn }
}

it('a server that goes takes no new sockets', async () => {
  const world = await startWorld()
  await world.domain.close()
  await expect(connect(world)).rejects.toThrow('refused with 503')
})
