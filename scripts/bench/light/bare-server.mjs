// The least that Node can do: it looks at one header, and sends bytes that it was given.
import { createServer } from 'node:http'
import { answerParent, input, tell, usedCpuUs } from '../server/child.mjs'

const { headers, body, unchangedHeaders } = input()
const bytes = Buffer.from(body)
const server = createServer((request, response) => {
  if (request.headers['if-none-match'] === headers.etag) response.writeHead(304, unchangedHeaders).end()
  else response.writeHead(200, headers).end(bytes)
})
server.listen(0, '127.0.0.1', () => tell({ url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}` }))
answerParent({ cpu: usedCpuUs })
