import { ChatError } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { olive } from '../../test/rows.js'
import { createSetupLink } from '../session/setup-link.js'
import { createSession } from './session.js'

/** A signed-in operator, whose choices are answered when the test says so. */
async function signedIn() {
  const answers: ((answer: Response | Error) => void)[] = []
  const session = createSession({
    setupLink: createSetupLink(window, null),
    fetch: (_, { method = 'GET' } = {}) =>
      method === 'GET'
        ? Promise.resolve(Response.json({ ...olive, available: false }))
        : new Promise((resolve, reject) => {
            answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)))
          })
  })
  await session.load()
  const shown = (): unknown => {
    const state = session.$session.get()
    return state.state === 'signed-in' ? state.me.available : state
  }
  return { session, shown, answer: (answer: Response | Error) => answers.shift()?.(answer) }
}

it('shows what the server says of a choice, also when the answer to it is lost', async () => {
  const { session, shown, answer } = await signedIn()
  const choosing = session.setAvailable(true)
  session.noteAvailable(true)
  answer(new TypeError('the network is gone'))
  await expect(choosing).rejects.toThrow(ChatError)
  expect(shown()).toBe(true)
})

it('goes back to what the server said last when a choice does not reach it', async () => {
  const { session, shown, answer } = await signedIn()
  const choosing = session.setAvailable(true)
  expect(shown()).toBe(true)
  answer(new TypeError('the network is gone'))
  await expect(choosing).rejects.toThrow(ChatError)
  expect(shown()).toBe(false)
})
