import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { ChatError } from '@porchlight/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A file held in memory with the compressed copies that lie beside it, so that a build during the run cannot change half of a release. */
export interface BuiltFile {
  readonly type: string
  readonly etag: string
  /** By content coding; `identity` is always there. */
  readonly copies: Readonly<{ identity: Buffer; br?: Buffer; gzip?: Buffer }>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml'
}

/** Reads a file; null when it is not there. */
export async function readBuiltFile(path: string): Promise<BuiltFile | null> {
  const identity = await readIfThere(path)
  if (!identity) return null
  const [br, gzip] = await Promise.all([readIfThere(`${path}.br`), readIfThere(`${path}.gz`)])
  const etag = `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
  const type = types[extname(path)] ?? 'application/octet-stream'
  return { type, etag, copies: { identity, ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) } }
}

/** Answers with a file, in the best coding the caller takes, or with 304 when he has it. */
export function sendBuiltFile(file: BuiltFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const coding = chooseCoding(file, request.headers['accept-encoding'])
  // A tag names one sequence of bytes, so each coding has its own (RFC 9110, 8.8.3.3).
  const etag = coding === 'identity' ? file.etag : `${file.etag.slice(0, -1)}-${coding}"`
  reply.headers({ etag, vary: 'Accept-Encoding' })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  if (coding !== 'identity') reply.header('content-encoding', coding)
  return reply.type(file.type).send(file.copies[coding])
}

/** The answer in place of a page or script that was never built. */
export function notBuilt(what: string): ChatError {
  return new ChatError('store_unavailable', `${what} is not built: run \`npm run build\`, then start the server again`)
}

type Coding = keyof BuiltFile['copies']

function chooseCoding({ copies }: BuiltFile, accepted: string | string[] | undefined): Coding {
  const codings = String(accepted ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => !/;\s*q=0(?:\.0*)?$/.test(each))
    .map((each) => each.split(';', 1)[0])
  if (copies.br && codings.includes('br')) return 'br'
  return copies.gzip && codings.includes('gzip') ? 'gzip' : 'identity'
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw error
  }
}
