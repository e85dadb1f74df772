import { type AnswerTimes, ChatError, FirstAnswersSchema } from '@porchlight/protocol'
import { answerTimes } from '../../answers/answer-times.js'
import { readAnswerWaits } from '../../store/answer-store.js'
import { answerTargetsOf } from '../../store/site-registry.js'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { SinceQuerySchema, SitePath } from '../path-schemas.js'

const weekMs = 7 * 86_400_000
/** Read and sorted while everybody else waits, so there is an end to it. */
const maxWaits = 10_000

/** How soon customers are answered. */
export function answerRoutes({ clock, db, domain: { sites } }: ApiContext): readonly ApiRoute[] {
  return [
    apiRoute({
      method: 'GET',
      path: '/api/sites/:site/first-answers',
      action: 'answers.read',
      summary:
        'Tells how long customers waited for the first answer to a chat or a request: of the newest 10,000 of each, a number of which there are fewer than five is null.',
      params: SitePath,
      query: SinceQuerySchema,
      answers: { 200: FirstAnswersSchema },
      async run({ params: { site: id }, query }) {
        const site = sites.get(id)
        if (!site) throw new ChatError('not_found', 'no such site')
        const { since = clock.now() - weekMs } = query
        const targets = answerTargetsOf(site.settings)
        const timesOf = async (kind: 'chat' | 'request', targetMs: number): Promise<AnswerTimes> =>
          answerTimes(await readAnswerWaits(id, db.query, { kind, sinceMs: since, limit: maxWaits }), targetMs)
        return { since, chats: await timesOf('chat', targets.firstAnswerTargetMs), requests: await timesOf('request', targets.requestTargetMs) }
      }
    })
  ]
}
