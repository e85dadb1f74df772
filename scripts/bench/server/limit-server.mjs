// What one process can do at most: parse, the same rows in group commit, an acknowledgement and one delivery. No rights, limits, receipts or presence.
// Without `stores` it keeps nothing: the bare wire.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { answerParent, input, settledMemory, tell } from './child.mjs'
import { openRows } from './rows.mjs'
import { ws } from './server-libraries.mjs'

const maxBatch = 64
const { dataFolder, stores } = input()
const rows = stores ? openRows(join(dataFolder, 'limit.db')) : undefined
const heads = /** @type {Map<string, number>} */ (new Map())
const followers = /** @type {Map<string, import('ws').WebSocket>} */ (new Map())
const queue = /** @type {{ socket: import('ws').WebSocket, frame: any }[]} */ ([])
let isScheduled = false
let count = 0

/** @param {import('ws').WebSocket} socket @param {unknown} frame */
function send(socket, frame) {
  socket.send(JSON.stringify(frame))
}

function commit() {
  isScheduled = false
  const batch = queue.splice(0, maxBatch)
  const now = Date.now()
  const seqs = rows
    ? rows.store(batch.map(({ frame }) => ({ ...frame, now, text: JSON.stringify(frame.body) })))
    : batch.map(({ frame }) => {
        heads.set(frame.c, (heads.get(frame.c) ?? 0) + 1)
        return heads.get(frame.c)
      })
  for (const [index, { socket, frame }] of batch.entries()) {
    const { id, c, k, body } = frame
    const seq = seqs[index]
    send(socket, { t: 'ack', id, c, epoch: 'e', seq, ts: now })
    const follower = followers.get(c)
    if (follower) send(follower, { t: 'ev', c, epoch: 'e', seq, ts: now, by: { role: 'visitor', id: c }, k, id, data: body })
  }
  if (queue.length > 0) schedule()
}

function schedule() {
  if (isScheduled) return
  isScheduled = true
  setImmediate(commit)
}

const http = createServer()
const door = new ws.WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 65_536, handleProtocols: () => 'porchlight.v1' })
door.on('connection', (socket) => {
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data))
    if (frame.t === 'hello') {
      for (const { c } of frame.subs ?? []) followers.set(c, socket)
      send(socket, { t: 'welcome', token: frame.token ?? `t${++count}`, subs: [] })
    } else if (frame.t === 'open') send(socket, { t: 'ack', id: frame.id, c: `c_${++count}`, epoch: 'e', seq: 0 })
    else if (frame.t === 'pub') {
      queue.push({ socket, frame })
      schedule()
    }
  })
})
http.listen(0, '127.0.0.1', () => tell({ url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (http.address()).port}` }))
answerParent({ memory: settledMemory })
