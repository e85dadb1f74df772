import type { ConversationRow } from '@porchlight/protocol'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useId, useState } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import { type TransferTarget, transferTargets } from './transfer-targets.js'

/** Hands a conversation on: a choice of whom, and a button, so that going through the choice with the keyboard does nothing yet. */
export function TransferForm({ row }: { readonly row: ConversationRow }): VNode {
  const { i18n, announce, problems } = useConsole()
  const { inbox, operatorId } = useWorkspace()
  const { text } = i18n
  const [chosen, setChosen] = useState('')
  const [isBusy, setBusy] = useState(false)
  const hintId = useId()
  const rows = useStore(inbox.$rows)
  const targets = transferTargets(i18n, row, { rows, departments: useStore(inbox.$departments), operatorId })
  const target = targets.find(({ key }) => key === chosen)
  const optionsOf = (group: TransferTarget['group']): VNode[] =>
    targets
      .filter((each) => each.group === group)
      .map(({ key, label }) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))
  const departments = optionsOf('departments')
  const choose = (key: string): void => {
    setChosen(key)
    const hint = targets.find((each) => each.key === key)?.hint
    if (hint) announce(hint)
  }
  const handOver = (event: Event): void => {
    event.preventDefault()
    if (isBusy || !target) return
    setBusy(true)
    inbox
      .transfer(row.c, target.to)
      .then(() => {
        problems.clear()
        announce(text('transfer.done', { name: target.name }))
        setChosen('')
      }, problems.tell)
      .finally(() => setBusy(false))
  }
  return (
    <form data-part="transfer" onSubmit={handOver}>
      <label data-part="state-choice">
        <span>{text('transfer.to')}</span>
        <select
          value={target ? chosen : ''}
          aria-describedby={target?.hint ? hintId : undefined}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{text('transfer.choose')}</option>
          <optgroup label={text('transfer.colleagues')}>{optionsOf('colleagues')}</optgroup>
          {departments.length > 0 ? <optgroup label={text('transfer.departments')}>{departments}</optgroup> : null}
        </select>
      </label>
      <button type="submit" data-part="secondary" aria-disabled={isBusy || !target}>
        {text('transfer.do')}
      </button>
      {target?.hint ? (
        <p data-part="hint" id={hintId}>
          {target.hint}
        </p>
      ) : null}
    </form>
  )
}
