import { equal, ok, refuses } from '../assert.js'
import type { ConformanceCase } from '../harness.js'
import { newId } from '../join.js'

const fields = { name: 'Ann', email: 'ann@example.com', text: 'Where is my parcel?' }

/** What becomes of requests. */
export const requestCases: readonly ConformanceCase[] = [
  {
    name: 'a request gets a reference',
    needs: ['requests'],
    run: async ({ join }) => {
      const ann = await join()
      const answer = await ann.session.request?.({ id: newId(), fields })
      ok(answer && 'reference' in answer && answer.reference.length >= 6, 'the reference')
    }
  },
  {
    name: 'the same request again gets the same reference, however often it is sent',
    needs: ['requests'],
    run: async ({ join }) => {
      const ann = await join()
      const id = newId()
      const answers = await Promise.all([1, 2, 3].map(() => ann.session.request?.({ id, fields })))
      const references = answers.map((answer) => (answer && 'reference' in answer ? answer.reference : ''))
      ok(references[0] !== '', 'the reference')
      equal(new Set(references).size, 1, 'how many references')
    }
  },
  {
    name: 'a request under the id of another one is a conflict',
    needs: ['requests', 'idempotentSend'],
    run: async ({ join }) => {
      const ann = await join()
      const id = newId()
      await ann.session.request?.({ id, fields })
      await refuses(ann.session.request?.({ id, fields: { ...fields, text: 'Something else' } }) ?? Promise.resolve(), ['id_conflict'], 'the second')
    }
  },
  {
    name: 'a request under the id of another visitor’s is a conflict, and tells nothing of his',
    needs: ['requests', 'idempotentSend'],
    run: async ({ join }) => {
      const [ann, eve] = [await join(), await join()]
      const id = newId()
      await ann.session.request?.({ id, fields })
      await refuses(eve.session.request?.({ id, fields }) ?? Promise.resolve(), ['id_conflict'], 'the second')
    }
  }
]
