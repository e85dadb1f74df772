import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Where a session is: connected, at a command, at the first bytes of a message, or after its last. */
export type SmtpStep = 'connected' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'first bytes' | 'last bytes' | 'QUIT'

/** What the server does at a step: an answer of its own, silence, the end of the connection, also of a message that it has just taken; or what servers do. */
export type SmtpDeed = { readonly say: string } | { readonly later: (answer: () => void) => void } | 'hang' | 'die' | 'take and die' | 'go on'

/** A message that was taken, with the envelope it came in. */
export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came over the wire. */
  readonly raw: string
}

/** A mail server on this machine that does what a test tells it. */
export interface SmtpServer {
  readonly port: number
  /** From now on, at each step, it does what this says. */
  readonly behave: (deedAt: (step: SmtpStep, line: string | undefined) => SmtpDeed) => void
  /** Everything that was taken, in order. */
  readonly taken: readonly TakenMail[]
  /** Every line that clients said outside of messages. */
  readonly lines: readonly string[]
  /** Resolves when a client comes to a step, at the soonest after this call. */
  readonly reached: (step: SmtpStep) => Promise<void>
  /** Resolves when so many have been taken in all. */
  readonly took: (count: number) => Promise<void>
}

const answers: Readonly<Record<SmtpStep, string>> = {
  connected: '220 mail.example ESMTP',
  EHLO: '250-mail.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN',
  AUTH: '235 2.7.0 welcome',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go on',
  'first bytes': '',
  'last bytes': '250 2.0.0 taken',
  QUIT: '221 2.0.0 bye'
}

/** Starts a mail server on a free port, which ends with the test. */
export async function startSmtpServer(): Promise<SmtpServer> {
  let deedAt: (step: SmtpStep, line: string | undefined) => SmtpDeed = () => 'go on'
  const taken: TakenMail[] = []
  const lines: string[] = []
  const waiters: { readonly isOver: (step: SmtpStep) => boolean; readonly resolve: () => void }[] = []
  const sockets = new Set<Socket>()

  function note(step: SmtpStep): void {
    for (const waiter of waiters.filter(({ isOver }) => isOver(step))) {
      waiters.splice(waiters.indexOf(waiter), 1)
      waiter.resolve()
    }
  }

  const wait = (isOver: (step: SmtpStep) => boolean): Promise<void> => new Promise((resolve) => void waiters.push({ isOver, resolve }))

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    serve(socket, lines, (step, line, mail) => {
      const deed = deedAt(step, line)
      const take = (): void => {
        if (mail) taken.push(mail)
      }
      if (deed === 'go on' || deed === 'take and die') take()
      if (typeof deed === 'object' && 'later' in deed) {
        deed.later(() => {
          take()
          say(socket, answers[step])
        })
        note(step)
        return true
      }
      if (deed === 'die' || deed === 'take and die') socket.destroy()
      else if (deed !== 'hang') say(socket, deed === 'go on' ? answers[step] : deed.say)
      note(step)
      return deed === 'go on'
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    lines,
    behave: (deeds) => {
      deedAt = deeds
    },
    reached: (step) => wait((each) => each === step),
    took: async (count) => {
      if (taken.length < count) await wait(() => taken.length >= count)
    }
  }
}

function say(socket: Socket, words: string): void {
  if (words !== '') socket.write(`${words}\r\n`)
}

/** Comes to a step, with the message where it is whole; answers whether the session goes on as usual. */
type Come = (step: SmtpStep, line?: string, mail?: TakenMail) => boolean

/** Reads one connection line by line, and a message up to its lonely dot. */
function serve(socket: Socket, lines: string[], come: Come): void {
  let unread = ''
  let from = ''
  let to: string[] = []
  let isInMessage = false

  function readMessage(): boolean {
    if (unread !== '' && !come('first bytes')) return false
    const end = unread.indexOf('\r\n.\r\n')
    if (end < 0) return false
    const raw = unread.slice(0, end + 2).replace(/^\.\./gm, '.')
    unread = unread.slice(end + 5)
    isInMessage = false
    come('last bytes', '', { from, to, raw })
    return true
  }

  function readLine(): boolean {
    const end = unread.indexOf('\r\n')
    if (end < 0) return false
    const line = unread.slice(0, end)
    unread = unread.slice(end + 2)
    lines.push(line)
    const step = line.split(' ', 1)[0]?.toUpperCase() as SmtpStep
    const isKnown = step in answers
    if (!isKnown) say(socket, '502 5.5.1 no such command')
    const isDone = isKnown && come(step, line)
    if (isDone && step === 'MAIL') [from, to] = [addressIn(line), []]
    if (isDone && step === 'RCPT') to = [...to, addressIn(line)]
    if (isDone && step === 'DATA') isInMessage = true
    return true
  }

  socket.setEncoding('utf8')
  socket.on('data', (chunk) => {
    unread += String(chunk)
    while (isInMessage ? readMessage() : readLine()) if (socket.destroyed) return
  })
  come('connected')
}

function addressIn(line: string): string {
  return /<(.*)>/.exec(line)?.[1] ?? line
}
