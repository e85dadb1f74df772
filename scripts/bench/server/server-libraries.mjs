// What the server is made of, for the programs that stand beside it.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../packages/server/package.json', import.meta.url))

/** @type {typeof import('ws')} */
export const ws = require('ws')
/** @type {new (path: string) => { pragma: (text: string) => unknown, exec: (sql: string) => void, prepare: (sql: string) => Statement, close: () => void }} */
export const Database = require('libsql')

/** @typedef {{ get: (...values: unknown[]) => any, run: (...values: unknown[]) => unknown }} Statement */
