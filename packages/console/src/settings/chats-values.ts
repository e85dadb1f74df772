import type { ChangeSiteBody } from '@porchlight/protocol'
import type { ChatsSettings } from '../stores/site-settings.js'

/** Fields of chats and requests as somebody types them, named as the server names them. */
export interface ChatsValues {
  readonly capacity: string
  /** In minutes. */
  readonly firstAnswerTargetMs: string
  /** In hours. */
  readonly requestTargetMs: string
  /** Empty: nowhere. */
  readonly mailTo: string
}

const minuteMs = 60_000
const hourMs = 3_600_000

/** What is kept, to be changed. */
export function chatsValues({ capacity, firstAnswerTargetMs, requestTargetMs, mailTo }: ChatsSettings): ChatsValues {
  return {
    capacity: String(capacity),
    firstAnswerTargetMs: String(firstAnswerTargetMs / minuteMs),
    requestTargetMs: String(requestTargetMs / hourMs),
    mailTo: mailTo ?? ''
  }
}

/** What the server is told. What is no number is sent as none, and refused at its place. */
export function chatsBody({ capacity, firstAnswerTargetMs, requestTargetMs, mailTo }: ChatsValues): ChangeSiteBody {
  return {
    capacity: numberOf(capacity),
    firstAnswerTargetMs: Math.round(numberOf(firstAnswerTargetMs) * minuteMs),
    requestTargetMs: Math.round(numberOf(requestTargetMs) * hourMs),
    mailTo: mailTo.trim() || null
  }
}

/** Half of the world writes a comma. */
function numberOf(text: string): number {
  return Number(text.trim().replace(',', '.'))
}
