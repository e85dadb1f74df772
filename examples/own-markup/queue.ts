import type { QueueView } from '@porchlight/core'
import { chat, find, said } from './chat.js'

const minuteMs = 60_000

/** A place in line, how long it may take, and after a while a word of comfort. */
function placeText({ position, estimateMs, stage }: QueueView): string {
  const minutes = estimateMs === null ? null : Math.round(estimateMs / minuteMs)
  const wait = minutes === null ? '' : minutes > 15 ? ' It takes longer than usual.' : ` About ${minutes} min.`
  const comfort = said(chat.$site.get().words?.longWait) || 'Your message is kept, and the answer comes here.'
  return `Your place in line: ${position}.${wait}${stage === 'waiting' ? '' : ` ${comfort}`}`
}

chat.$queue.subscribe((queue) => {
  find('queue').hidden = queue === null
  find('place').textContent = queue && placeText(queue)
  find('keep-waiting').hidden = queue?.stage !== 'offered'
})

chat.$capabilities.subscribe((can) => {
  find('to-request').hidden = can?.requests === 'none'
})

find('keep-waiting').addEventListener('click', chat.keepWaiting)
find('to-request').addEventListener('click', () => chat.chooseMode('request'))
