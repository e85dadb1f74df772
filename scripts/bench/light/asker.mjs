// Browsers that ask for the light: a page asks once, and twice more while it is read for two minutes, then holding what it was told. First as fast
// as answers come, then at a steady rate. The bytes are written and read by hand, for a client of Node's own takes more of a core than the server.
import { once } from 'node:events'
import { connect } from 'node:net'
import { answerParent, input, tell } from '../server/child.mjs'

const { url, path, browsers, answers, rate, rateMs } = input()
const { host, hostname, port } = new URL(url)
const asksOfAPage = 3
let short = 0

const head = [
  `GET ${path} HTTP/1.1`,
  `Host: ${host}`,
  'Connection: keep-alive',
  'sec-ch-ua-platform: "Linux"',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"',
  'sec-ch-ua-mobile: ?0',
  'Accept: */*',
  'Origin: https://shop.example',
  'Sec-Fetch-Site: cross-site',
  'Sec-Fetch-Mode: cors',
  'Sec-Fetch-Dest: empty',
  'Referer: https://shop.example/',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: en-GB,en;q=0.9'
].join('\r\n')

/** @typedef {{ ask: () => Promise<void>, close: () => void }} Browser */

/** @returns {Promise<Browser>} */
async function openBrowser() {
  const socket = connect(Number(port), hostname).setNoDelay(true).setEncoding('latin1')
  await once(socket, 'connect')
  let text = ''
  let asked = 0
  let held = ''
  let onAnswer = () => {}
  let isOver = false
  socket.on('close', () => isOver || fail('the server hung up'))
  socket.on('data', (part) => {
    text += part
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) return
    const isShort = text.startsWith('304', 9)
    if (isShort !== asked > 0) fail(`not what was asked for: ${text.slice(0, end)}`)
    const length = isShort ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1])
    if (text.length < end + 4 + length) return
    if (isShort) short++
    else held = String(/\r\netag: (\S+)/i.exec(text)?.[1])
    asked = (asked + 1) % asksOfAPage
    text = ''
    onAnswer()
  })
  return {
    ask: () =>
      new Promise((resolve) => {
        onAnswer = resolve
        socket.write(asked > 0 ? `${head}\r\nIf-None-Match: ${held}\r\n\r\n` : `${head}\r\n\r\n`)
      }),
    close: () => {
      isOver = true
      socket.destroy()
    }
  }
}

/** Ends this process, and with it the bench: whoever went on would wait for ever. @param {string} why @returns {never} */
function fail(why) {
  throw new Error(why)
}

/** Answers a second, each browser asking again at once. @param {readonly Browser[]} all */
async function asFastAsPossible(all) {
  let left = answers
  const startMs = performance.now()
  await Promise.all(
    all.map(async (browser) => {
      while (left-- > 0) await browser.ask()
    })
  )
  return answers / ((performance.now() - startMs) / 1_000)
}

/** Milliseconds until an answer came. Whoever asks late because his last answer was late waits since he should have asked; a timer's slips are nobody's wait. @param {readonly Browser[]} all */
async function atSteadyRate(all) {
  const waits = /** @type {number[]} */ ([])
  const total = (rate * rateMs) / 1_000
  const startMs = performance.now()
  await Promise.all(
    all.map(async (browser, first) => {
      for (let each = first; each < total; each += browsers) {
        const dueMs = startMs + (each * 1_000) / rate
        const earlyMs = dueMs - performance.now()
        if (earlyMs > 0) await new Promise((next) => setTimeout(next, earlyMs))
        const askedMs = earlyMs > 0 ? performance.now() : dueMs
        await browser.ask()
        waits.push(performance.now() - askedMs)
      }
    })
  )
  return waits.sort((a, b) => a - b)
}

answerParent({
  run: async () => {
    // Opened anew each time: a server lets go of connections that say nothing while the other one is measured.
    const all = await Promise.all(Array.from({ length: browsers }, openBrowser))
    short = 0
    const speed = await asFastAsPossible(all)
    const shortShare = short / answers
    const waits = await atSteadyRate(all)
    for (const { close } of all) close()
    const part = (/** @type {number} */ share) => waits[Math.floor(waits.length * share)]
    return { speed, shortShare, p50: part(0.5), p95: part(0.95), p99: part(0.99) }
  }
})
tell({})
