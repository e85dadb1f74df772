import type { RequestRow, RequestState } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'

const states: readonly RequestState[] = ['new', 'open', 'answered', 'closed']

/** Moves a request on by hand. Answering does it by itself. */
export function RequestStateChoice({ row }: { readonly row: RequestRow }): VNode {
  const { i18n, announce, problems } = useConsole()
  const { inbox } = useWorkspace()
  const { text } = i18n
  const change = (select: HTMLSelectElement): void => {
    const state = states.find((each) => each === select.value)
    if (state === undefined || state === row.state) return
    inbox.setRequestState(row.id, state).then(
      () => {
        problems.clear()
        announce(text('request.announceState', { state: text(`request.state.${state}`) }))
      },
      (error: unknown) => {
        select.value = row.state
        problems.tell(error)
      }
    )
  }
  return (
    <label data-part="state-choice">
      <span>
        {text('request.state')}
        <span data-part="hidden">{` ${row.reference}`}</span>
      </span>
      <select value={row.state} onChange={(event) => change(event.currentTarget)}>
        {states
          .filter((state) => state !== 'new' || row.state === 'new')
          .map((state) => (
            <option key={state} value={state}>
              {text(`request.state.${state}`)}
            </option>
          ))}
      </select>
    </label>
  )
}
