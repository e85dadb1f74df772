import type { ErrorCode } from '@porchlight/protocol'
import type { TextKey } from './panel-context.js'

/** Why something was refused, where there is more to say than that. */
export const refusals: Partial<Record<ErrorCode, TextKey>> = { blocked: 'conn.blocked', rate_limited: 'err.tooMany' }
