export type * from './adapter.js'
export type * from './chat.types.js'
export type * from './connection.types.js'
export type * from './env/env.js'
