import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import type { MessageKey } from '../stores/language.js'

/** Names of keys are as printed on them, in every language. */
const keys: readonly (readonly [keys: readonly string[], does: MessageKey])[] = [
  [['J'], 'shortcuts.next'],
  [['K'], 'shortcuts.previous'],
  [['Enter'], 'shortcuts.open'],
  [['R'], 'shortcuts.reply'],
  [['E'], 'shortcuts.close'],
  [['Esc'], 'shortcuts.back'],
  [['F6'], 'shortcuts.panes'],
  [['Enter'], 'shortcuts.send'],
  [['Shift', 'Enter'], 'shortcuts.newLine'],
  [['?'], 'shortcuts.help']
]

/** The list of keys, and the switch that turns single ones off (WCAG 2.2, 2.1.4). */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): VNode {
  const { i18n, preferences } = useConsole()
  const { text } = i18n
  const isOn = useStore(preferences.$hasShortcuts)
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} data-part="dialog" aria-labelledby="shortcuts-title" onClose={onClose}>
      <h2 id="shortcuts-title">{text('shortcuts.title')}</h2>
      <table data-part="keys">
        <tbody>
          {keys.map(([names, does]) => (
            <tr key={does}>
              <th scope="row">
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </th>
              <td>{text(does)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label data-part="check">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby="shortcuts-hint"
          onChange={(event) => preferences.setShortcuts(event.currentTarget.checked)}
        />
        {text('shortcuts.switch')}
      </label>
      <p id="shortcuts-hint" data-part="hint">
        {text('shortcuts.switchHint')}
      </p>
      <div data-part="actions">
        <button type="button" data-part="secondary" onClick={() => dialog.current?.close()}>
          {text('shortcuts.done')}
        </button>
      </div>
    </dialog>
  )
}
