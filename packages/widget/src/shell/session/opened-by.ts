import type { OpenedBy } from '../../panel/panel.types.js'

/**
 * What the user's act was, if there was one. Keys and assistive software click without a position. Engines that do not say what
 * clicked are asked what the device is pointed at with.
 */
export function openedBy(act: Event | undefined): OpenedBy {
  if (!act?.isTrusted || !/^(click|dblclick|key|pointer|touch|mouse)/.test(act.type)) return 'script'
  const { pointerType, detail } = act as PointerEvent
  if (act.type.startsWith('key') || detail === 0) return 'keyboard'
  if (pointerType === 'touch' || (pointerType === undefined && matchMedia('(pointer: coarse)').matches)) return 'touch'
  return 'pointer'
}
