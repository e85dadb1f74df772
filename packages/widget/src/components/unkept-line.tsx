import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useDelayed } from '../hooks/use-delayed.js'
import { usePanel } from '../panel/panel-context.js'

/** What is sent sooner is not spoken of. */
const afterMs = 1_000

/** One line while the device keeps nothing, and something that was typed would be lost with the page. */
export function UnkeptLine(): VNode | null {
  const { chat, i18n, announce, opening } = usePanel()
  const { fields } = useStore(chat.$request)
  const { count } = useStore(chat.$outbox)
  const isUnkept = useStore(chat.$durability) === 'memory'
  const isAtRisk = isUnkept && opening !== null && (count > 0 || Object.values(fields).some(Boolean))
  const isShown = useDelayed(isAtRisk, afterMs)
  const isTold = useRef(false)
  const words = i18n.text('kept.nowhere')

  useEffect(() => {
    if (isShown && !isTold.current) announce(words)
    isTold.current = isUnkept && (isShown || isTold.current)
  }, [isShown, isUnkept])

  return isShown ? <p data-part="unkept">{words}</p> : null
}
