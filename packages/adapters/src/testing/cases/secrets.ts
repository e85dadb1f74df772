import { ok } from '../assert.js'
import type { ConformanceCase } from '../harness.js'

/** Texts of a saved session that nobody else may see. */
function secretsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length >= 16 ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsOf) : []
}

/** What must never leak. */
export const secretCases: readonly ConformanceCase[] = [
  {
    name: 'no secret of the saved session is in the log or in an event that is shown',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'Hello')
      await harness.operator.reply(c, 'Hi')
      await ann.heard('message', ({ message }) => message.body['text'] === 'Hi')
      const shown = JSON.stringify([ann.logLines, ann.events.filter(({ type }) => type !== 'saved'), ann.session.you, ann.session.conversations])
      const secrets = secretsOf(ann.saved())
      ok(secrets.length > 0, 'the session saved something')
      for (const secret of secrets) ok(!shown.includes(secret), 'a secret was shown')
    }
  },
  {
    name: 'no text of a customer is in the log',
    run: async ({ join }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'my number is 4711 0815')
      await ann.session.send(ann.draft(c, 9, 'my other number is 4711 0816')).catch(() => undefined)
      ok(!ann.logLines.some((line) => line.includes('4711')), 'a text was logged')
    }
  }
]
