import type { Hub } from '../connection/hub.js'
import type { Drafts } from './drafts.js'
import type { RequestForm } from './request.js'

/**
 * Sends requests on every occasion on which they may have been left: those of this page with another session, those of other pages also when this
 * one is looked at, and when one says that it goes. What another page had accepted is accepted here.
 *
 * @returns Keeps what is typed, and says that this page goes.
 */
export function passOnRequests(hub: Hub, form: RequestForm, drafts: Drafts): () => void {
  const look = () => {
    if (hub.session()) form.lookForStrays()
  }
  const leave = () => {
    void drafts.flush()
    if (form.isWaiting()) hub.tell({ hasLeft: true })
  }
  hub.onSession((session) => {
    if (session) form.restart()
    look()
  })
  hub.onWord(({ hasLeft, accepted }) => {
    if (hasLeft) look()
    if (typeof accepted?.reference === 'string') form.accepted(accepted.id, accepted)
  })
  hub.env.onWake(look)
  hub.env.onHide((isLeaving) => (isLeaving ? leave() : void drafts.flush()))
  return leave
}
