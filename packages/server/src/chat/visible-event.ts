import type { LogEvent } from '@porchlight/protocol'
import type { StoredEvent } from '../store/stored-event.js'
import type { Subject } from './subject.js'

/** The event as a subject may see it. What is not for him keeps its number, so that his count has no hole, and says nothing. */
export function visibleEvent(kind: Subject['kind'], event: StoredEvent): LogEvent {
  const { site: _site, staffOnly, ...shown } = event
  if (!staffOnly || kind === 'operator') return shown
  const { c, epoch, seq, ts } = shown
  return { c, epoch, seq, ts, by: { role: 'system', id: 'system' }, k: 'hidden', id: `hidden-${seq}` }
}
