import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

/** Facts of a log line. Numbers, flags and names of ours only: never a text, an address, a token or a URL with a query. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>

/** The least that is written: `info` also has a line for each answer and each sign-in. */
export type LogLevel = 'error' | 'warn' | 'info'

/** Every {@link LogLevel}. */
export const logLevels: readonly LogLevel[] = ['error', 'warn', 'info']

/**
 * JSON lines, one an event, with the time as ISO 8601.
 *
 * Nothing is redacted after the fact: what must not be logged is never handed over. So there is no serializer for requests, and
 * errors go through {@link errorFacts}.
 */
export function createLog(destination: DestinationStream, level: LogLevel = 'warn'): Logger {
  return pino({ base: null, level, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, destination)
}

/** A log that writes nothing. */
export function silentLog(): Logger {
  return pino({ enabled: false })
}

/** Name, code and stack of anything thrown. The message stays behind, since libraries quote their input in it. */
export function errorFacts(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return {
    error: error.name,
    code,
    stack: framesOf(error),
    ...(error.cause instanceof Error ? { cause: `${error.cause.name} ${framesOf(error.cause)}` } : {})
  }
}

function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
    .join(' | ')
}
