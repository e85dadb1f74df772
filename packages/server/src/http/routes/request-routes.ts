import { ChangeRequestBodySchema, RequestListSchema, RequestRowSchema } from '@porchlight/protocol'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { subjectOn } from '../caller.js'
import { ListQuerySchema, RequestPath, SitePath } from '../path-schemas.js'

/** Requests that customers left. Their answers are messages in their conversations. */
export function requestRoutes({ domain }: ApiContext): readonly ApiRoute[] {
  const { chat } = domain

  return [
    apiRoute({
      method: 'GET',
      path: '/api/sites/:site/requests',
      action: 'request.list',
      summary: 'Pages through the requests of a site, most recently changed first.',
      params: SitePath,
      query: ListQuerySchema,
      answers: { 200: RequestListSchema },
      run: ({ params, query }) => chat.requests(params.site, query)
    }),
    apiRoute({
      method: 'GET',
      path: '/api/sites/:site/requests/:id',
      action: 'request.find',
      summary: 'Reads one request.',
      params: RequestPath,
      answers: { 200: RequestRowSchema },
      run: ({ params: { site, id } }) => chat.request(site, id)
    }),
    apiRoute({
      method: 'PATCH',
      path: '/api/sites/:site/requests/:id',
      action: 'request.change',
      summary: 'Moves a request on: open, answered, closed.',
      params: RequestPath,
      body: ChangeRequestBodySchema,
      answers: { 200: RequestRowSchema },
      run: ({ params: { site, id }, body: { state }, caller }) => chat.setRequestState(site, subjectOn(caller(), site), { id, state })
    })
  ]
}
