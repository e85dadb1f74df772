import { type ErrorCode, errorRetry, type Retry } from './errors.js'

/** What a code means to a machine. */
export interface ErrorTraits {
  /** Whether trying the same thing again can help. */
  readonly retry: Retry
  /** Status of an HTTP answer that carries the code. */
  readonly httpStatus: number
  /** WebSocket close code when the whole connection ends over it. */
  readonly closeCode: number
}

/** One row a code; the compiler rejects a missing row. Printed in PROTOCOL.md with `errorMeanings`. Pages carry `errorRetry` alone. */
export const errorTraits: Readonly<Record<ErrorCode, ErrorTraits>> = {
  store_unavailable: { retry: errorRetry.store_unavailable, httpStatus: 503, closeCode: 4503 },
  busy: { retry: errorRetry.busy, httpStatus: 503, closeCode: 1013 },
  timeout: { retry: errorRetry.timeout, httpStatus: 504, closeCode: 4408 },
  order: { retry: errorRetry.order, httpStatus: 409, closeCode: 4400 },
  rate_limited: { retry: errorRetry.rate_limited, httpStatus: 429, closeCode: 4429 },
  auth_expired: { retry: errorRetry.auth_expired, httpStatus: 401, closeCode: 4401 },
  unauthorized: { retry: errorRetry.unauthorized, httpStatus: 401, closeCode: 4401 },
  id_conflict: { retry: errorRetry.id_conflict, httpStatus: 409, closeCode: 4400 },
  too_large: { retry: errorRetry.too_large, httpStatus: 413, closeCode: 4413 },
  invalid: { retry: errorRetry.invalid, httpStatus: 400, closeCode: 4400 },
  forbidden: { retry: errorRetry.forbidden, httpStatus: 403, closeCode: 4403 },
  blocked: { retry: errorRetry.blocked, httpStatus: 403, closeCode: 4403 },
  conversation_gone: { retry: errorRetry.conversation_gone, httpStatus: 404, closeCode: 4400 },
  conversation_closed: { retry: errorRetry.conversation_closed, httpStatus: 409, closeCode: 4400 },
  version: { retry: errorRetry.version, httpStatus: 426, closeCode: 4426 },
  offline: { retry: errorRetry.offline, httpStatus: 503, closeCode: 1013 },
  unsupported: { retry: errorRetry.unsupported, httpStatus: 501, closeCode: 4400 },
  not_found: { retry: errorRetry.not_found, httpStatus: 404, closeCode: 4400 },
  cors: { retry: errorRetry.cors, httpStatus: 403, closeCode: 4403 },
  network: { retry: errorRetry.network, httpStatus: 502, closeCode: 1006 },
  internal: { retry: errorRetry.internal, httpStatus: 500, closeCode: 1011 }
}
