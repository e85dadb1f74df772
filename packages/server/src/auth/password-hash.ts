import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { ChatError } from '@porchlight/protocol'

/** Hashes and checks passwords, a few at a time. */
export interface PasswordHasher {
  readonly hash: (password: string) => Promise<string>
  /** Takes the same work for an unknown account (`stored` null) as for a wrong password. */
  readonly verify: (password: string, stored: string | null) => Promise<PasswordVerdict>
}

/** Whether the password fits, and whether its hash was made with other parameters than today's. */
interface PasswordVerdict {
  readonly isRight: boolean
  readonly isOutdated: boolean
}

/** How passwords are hashed. */
export interface PasswordHasherOptions {
  /** scrypt's N, a power of two. Default 2^17, with r = 8 and p = 1 (OWASP Password Storage Cheat Sheet). Lower it only in tests. */
  readonly cost?: number | undefined
}

const blockSize = 8
const parallelization = 1
const keyBytes = 32
/** libuv has four worker threads, which also read files: one of them stays free on every machine, and half on a small one. */
const maxAtOnce = Math.min(3, Math.max(2, availableParallelism()))
/** More than this many waiting means an attack; each is a third of a second of one core. */
const maxWaiting = 100

/**
 * scrypt with its parameters stored beside each hash, so that they can grow: `scrypt$17$8$1$<salt>$<key>`.
 *
 * @example
 * ```ts
 * const passwords = createPasswordHasher()
 * const stored = await passwords.hash('a quiet porch light')
 * const { isRight } = await passwords.verify('a quiet porch light', stored)
 * ```
 */
export function createPasswordHasher({ cost = 2 ** 17 }: PasswordHasherOptions = {}): PasswordHasher {
  const queue = createQueue()
  const current = `scrypt$${Math.log2(cost)}$${blockSize}$${parallelization}`
  const unknown: StoredHash = { parameters: current, cost, blockSize, parallelization, salt: randomBytes(16), key: randomBytes(keyBytes) }

  return {
    async hash(password) {
      const salt = randomBytes(16)
      const key = await queue(() => derive(password, { cost, blockSize, parallelization, salt }))
      return `${current}$${salt.toString('base64url')}$${key.toString('base64url')}`
    },
    async verify(password, stored) {
      const known = stored === null ? unknown : readHash(stored)
      const key = await queue(() => derive(password, known))
      const isEqual = timingSafeEqual(key, known.key)
      return { isRight: isEqual && stored !== null, isOutdated: known.parameters !== current }
    }
  }
}

interface Derivation {
  readonly cost: number
  readonly blockSize: number
  readonly parallelization: number
  readonly salt: Buffer
}

interface StoredHash extends Derivation {
  readonly parameters: string
  readonly key: Buffer
}

function readHash(stored: string): StoredHash {
  const [scheme, logCost, r, p, salt = '', key = ''] = stored.split('$')
  if (scheme !== 'scrypt') throw new ChatError('internal', 'a stored password hash is of an unknown kind')
  return {
    parameters: `${scheme}$${logCost}$${r}$${p}`,
    cost: 2 ** Number(logCost),
    blockSize: Number(r),
    parallelization: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url')
  }
}

function derive(password: string, { cost, blockSize: r, parallelization: p, salt }: Derivation): Promise<Buffer> {
  const options: ScryptOptions = { N: cost, r, p, maxmem: 256 * cost * r }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** Runs tasks first come, first served, {@link maxAtOnce} at a time. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0

  return async (task) => {
    if (running >= maxAtOnce) {
      if (waiting.length >= maxWaiting) throw new ChatError('busy', 'too many sign-ins at once', { afterMs: 5_000 })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running++
    }
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
