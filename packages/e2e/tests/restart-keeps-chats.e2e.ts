import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { expectTexts, type WidgetModel } from '../models/widget.model.js'

const scene = useScene()

/** Notes from now on whether a panel ever shows the form, be it for one frame. Answers what reads the note. */
async function watchForForm({ panel, page }: WidgetModel): Promise<() => Promise<boolean>> {
  await panel.evaluate((element) => {
    const note = () => element.querySelector('form[data-part="form"]') && document.body.setAttribute('data-saw-form', '')
    new MutationObserver(note).observe(element.getRootNode(), { childList: true, subtree: true })
  })
  return () => page.evaluate(() => document.body.hasAttribute('data-saw-form'))
}

it('the server is killed and started again with chats running: no chat becomes a form, not even for a moment, and each goes on where it was', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const customers = [await scene.customer(), await scene.customer('phone')].map(({ widget }) => widget)
  for (const [index, widget] of customers.entries()) {
    await widget.open()
    await widget.send(`question ${index}`)
    await desk.select(`question ${index}`)
    await desk.send(`answer ${index}`)
    await expectTexts(widget, [`question ${index}`, `answer ${index}`])
    await widget.composer.fill(`half a sentence ${index}`)
  }
  const looks = await Promise.all(customers.map(watchForForm))

  await scene.server.kill()
  await Promise.all(customers.map(({ panel }) => panel.getByText('Connection lost').first().waitFor()))
  await scene.server.restart()
  for (const [index, widget] of customers.entries()) {
    expect(await widget.composer.inputValue()).toBe(`half a sentence ${index}`)
    await widget.send(`once more ${index}`)
    await desk.conversations.getByText(`once more ${index}`).waitFor()
    await desk.select(`once more ${index}`)
    await desk.send(`and again ${index}`)
    await expectTexts(widget, [`question ${index}`, `answer ${index}`, `once more ${index}`, `and again ${index}`])
  }
  expect(await Promise.all(looks.map((look) => look()))).toEqual([false, false])
  expect(customers.flatMap(({ faults }) => faults)).toEqual([])
}, 90_000)
