import type { Migration } from 'kysely'
import { first } from './001-first.js'

/** Every migration by name, in order. A published one is never changed. */
export const migrations: Readonly<Record<string, Migration>> = { '001-first': first }
