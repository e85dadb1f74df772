import type { Hub } from '../connection/hub.js'
import type { RequestForm } from './request.js'

/**
 * Sends requests on every occasion on which they may have been left: those of this page with another session, those of other pages also when this
 * one is looked at, and when one says that it goes.
 *
 * @returns Says so for this page.
 */
export function passOnRequests(hub: Hub, form: RequestForm): () => void {
  const look = () => {
    if (hub.session()) form.lookForStrays()
  }
  const leave = () => {
    if (form.isWaiting()) hub.tell({ hasLeft: true })
  }
  hub.onSession((session) => {
    if (session) form.restart()
    look()
  })
  hub.onWord(({ hasLeft }) => hasLeft && look())
  hub.env.onWake(look)
  hub.env.onHide((isLeaving) => isLeaving && leave())
  return leave
}
