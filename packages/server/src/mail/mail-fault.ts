/** A mail was not taken, for a reason that we found ourselves. */
export class MailFault extends Error {
  /** Whether no later attempt can succeed. */
  readonly isFinal: boolean

  constructor(reason: string, { isFinal = false }: { readonly isFinal?: boolean } = {}) {
    super(reason)
    this.isFinal = isFinal
  }
}

/** Why a mail was not taken. */
export interface MailFailure {
  /** A code, never the other side's words: those may quote an address or what was said. */
  readonly reason: string
  /** Whether no later attempt can succeed. */
  readonly isFinal: boolean
}

/**
 * Reads what a failed attempt means. Only what the other side says for good about this recipient or this message (5xx to `RCPT TO` or `DATA`) is final:
 * a refused sign-in or sender is a fault of the settings, which somebody corrects, and a lost connection is nobody's word.
 */
export function readMailFailure(error: unknown): MailFailure {
  if (error instanceof MailFault) return { reason: error.message, isFinal: error.isFinal }
  if (!(error instanceof Error)) return { reason: 'unknown', isFinal: false }
  const { responseCode, response, command, code } = error as Error & Readonly<Record<'responseCode' | 'response' | 'command' | 'code', unknown>>
  if (typeof responseCode !== 'number') return { reason: typeof code === 'string' ? code : error.name, isFinal: false }
  const isFinal = responseCode >= 500 && responseCode < 600 && (command === 'RCPT TO' || command === 'DATA')
  // RFC 3463: 5.1.1 and its like, which say why.
  const [, detail] = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? '')) ?? []
  const step = typeof command === 'string' && /^[A-Z]+(?: [A-Z]+)?$/.test(command) ? ` to ${command}` : ''
  return { reason: `${responseCode}${detail === undefined ? '' : ` ${detail}`}${step}`, isFinal }
}
