import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roomyLimits } from '../faults/roomy-limits.js'
import { articleWith, type HostSite, serveHost } from '../harness/host-page.js'
import { scriptTag, useScene } from '../harness/scene.js'
import { chance, rounds, seed } from '../harness/seed.js'
import { openTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js'
import type { ConsoleModel } from '../models/console.model.js'
import { expectTexts, type WidgetModel } from '../models/widget.model.js'

// Eleven texts in a few seconds are more than the rates let through at once; the rest of the time would be spent waiting for that.
const scene = useScene({ PORCHLIGHT_LIMITS: JSON.stringify(roomyLimits) }, { isShared: true })
let proxy: TcpProxy
let shop: HostSite
let desk: ConsoleModel
beforeAll(async () => {
  proxy = await openTcpProxy(scene.server.port)
  shop = await serveHost({ '/': { html: articleWith(scriptTag(`http://127.0.0.1:${proxy.port}`)) } })
  desk = (await scene.operator()).desk
  await desk.setAvailable(true)
})
afterAll(async () => {
  await shop?.close()
  proxy?.close()
})

/** Sends a text and kills the server while it is under way. */
const strikes = {
  'after it has stored a message and before its answer arrives': async (widget: WidgetModel, text: string) => {
    const answered = proxy.withhold('"t":"ack"')
    await widget.send(text)
    await answered
    await scene.server.kill()
    proxy.restore()
  },
  'as a message arrives': async (widget: WidgetModel, text: string) => {
    await widget.composer.fill(text)
    const sent = proxy.sent()
    await widget.composer.press('Enter')
    await sent
    await scene.server.kill()
  }
}

describe.each(Object.entries(strikes))('the server is killed %s', (moment, strike) => {
  it.each(rounds)('ten messages and the replies meanwhile: each once, in order, the same on both sides (round %i)', async (round) => {
    const start = seed + round
    const struck = chance(start)(10)
    const of = `${moment}, ${round}`
    const asked = Array.from({ length: 10 }, (_, index) => `message ${index + 1} of ${of}`)
    const answers = Array.from({ length: 3 }, (_, index) => `reply ${index + 1} of ${of}`)
    const { widget, context } = await scene.customer('desktop', shop.url)
    await widget.open()
    await widget.send(`first of ${of}`)
    await desk.select(`first of ${of}`)
    await desk.send(answers[0] as string)
    await expectTexts(widget, [`first of ${of}`, answers[0] as string])

    for (const [index, text] of asked.entries()) {
      if (index !== struck) await widget.send(text)
      else {
        await strike(widget, text)
        for (const answer of answers.slice(1)) await desk.send(answer)
      }
    }
    await scene.server.restart()

    const why = { timeout: 30_000, message: `killed at message ${struck + 1}; PORCHLIGHT_TEST_SEED=${start - round} repeats it` }
    await expect.poll(async () => (await widget.texts()).length, why).toBe(14)
    const texts = await widget.texts()
    expect(
      texts.filter((text) => text.startsWith('message')),
      why.message
    ).toEqual(asked)
    expect(
      texts.filter((text) => text.startsWith('reply')),
      why.message
    ).toEqual(answers)
    await expect.poll(() => desk.texts(), why).toEqual(texts)
    await expect.poll(() => widget.log.getByText('Sending', { exact: true }).count(), why).toBe(0)

    await Promise.all([widget.page.reload(), desk.page.reload()])
    await widget.panel.waitFor()
    await expectTexts(widget, texts)
    await desk.select(texts.at(-1) as string)
    await expectTexts(desk, texts)
    await context.close()
  })
})
