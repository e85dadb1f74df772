import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Banner } from '../components/banner.js'
import { Composer } from '../components/composer.js'
import { Header } from '../components/header.js'
import { Offer } from '../components/offer.js'
import { QueueLine } from '../components/queue-line.js'
import { UnkeptLine } from '../components/unkept-line.js'
import { useBottom } from '../hooks/use-bottom.js'
import { type LeftFocus, useFocus } from '../hooks/use-focus.js'
import { useReady } from '../hooks/use-ready.js'
import { usePanel } from '../panel/panel-context.js'
import { AgainBar } from './again-bar.js'
import { Conversation } from './conversation.js'
import { HeldRequest } from './held-request.js'
import type { Bottom } from './pick-view.js'
import { RequestForm } from './request-form.js'
import { SubmitBar } from './submit-bar.js'

/** Everything inside the panel. */
export function PanelView(): VNode {
  const { chat, opening } = usePanel()
  const isReady = useReady(opening)
  const { bottom, offer } = useBottom()
  const queue = useStore(chat.$queue)
  const [sentCount, setSentCount] = useState(0)
  const view = useRef<HTMLDivElement>(null)
  const left = useFocus({ bottom, isReady, view })
  return (
    <div data-part="view" ref={view}>
      <Header isReady={isReady} />
      <Conversation isReady={isReady} bottom={bottom} sentCount={sentCount}>
        {isReady && bottom === 'form' ? <RequestForm left={left} /> : null}
        {isReady && bottom === 'held' ? <HeldRequest left={left} /> : null}
      </Conversation>
      <Banner />
      {isReady && queue && bottom === 'composer' ? <QueueLine queue={queue} /> : null}
      {isReady && offer && !(queue && bottom === 'composer') ? <Offer mode={offer} onChoose={() => chat.chooseMode(offer)} /> : null}
      <UnkeptLine />
      {isReady ? <Foot bottom={bottom} left={left} onSent={() => setSentCount((count) => count + 1)} /> : null}
    </div>
  )
}

function Foot({ bottom, left, onSent }: { readonly bottom: Bottom; readonly left: LeftFocus; readonly onSent: () => void }): VNode | null {
  switch (bottom) {
    case 'composer':
      return <Composer left={left} onSent={onSent} />
    case 'form':
      return <SubmitBar left={left} />
    case 'after':
      return <AgainBar left={left} />
    default:
      return null
  }
}
