import type { AvailabilityView } from '@porchlight/core'
import { chat, find, said } from './chat.js'

const nobody = 'Nobody is here now.'
const words = {
  online: 'Somebody is here.',
  busy: 'Everybody is busy, but here.',
  away: nobody,
  offline: nobody,
  unknown: 'We cannot tell yet who is here.'
} as const

/** In the customer's own zone, with its name. */
const when = new Intl.DateTimeFormat('en', { weekday: 'long', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' })

function lightText({ state, opensAt }: AvailabilityView): string {
  return opensAt ? `${words[state]} Back online: ${when.format(opensAt)}.` : words[state]
}

/** Who is home, in words; and what to do where nobody is, and nobody would receive a request. */
function show(): void {
  const light = chat.$availability.get()
  const site = chat.$site.get()
  const canAnswer = light.state === 'online' || light.state === 'busy'
  const isHopeless = site.requests === 'none' && !canAnswer
  find('light').textContent = lightText(light)
  find('instead').hidden = !isHopeless
  find('instead').textContent = said(site.words?.noRequests)
  find('to-chat').hidden = !canAnswer
  find('composer').hidden = chat.$mode.get() === 'request' || isHopeless
  find('request').hidden = chat.$mode.get() === 'chat'
}

for (const store of [chat.$availability, chat.$site, chat.$mode]) store.subscribe(show)
find('to-chat').addEventListener('click', () => chat.chooseMode('chat'))
