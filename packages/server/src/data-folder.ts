import { accessSync, constants, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { ChatError } from '@porchlight/protocol'

/**
 * Makes the folder that everything durable lives in, closed to other users of the machine.
 *
 * @throws {ChatError} `invalid` when it cannot be made or written.
 */
export function prepareDataFolder(path: string): string {
  const folder = resolve(path)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return folder
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new ChatError('invalid', `PORCHLIGHT_DATA is "${path}": expected a folder that can be made and written (${code})`, { cause })
  }
}
