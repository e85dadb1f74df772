import type { RefObject, VNode } from 'preact'
import { usePanel } from '../panel/panel-context.js'

/** What {@link ErrorSummary} lists. */
export interface ErrorSummaryProps {
  readonly names: readonly string[]
  readonly texts: Readonly<Record<string, string>>
  readonly form: RefObject<HTMLFormElement | null>
}

/** All problems in one place, each leading to its field; takes the focus after a refused submit. */
export function ErrorSummary({ names, texts, form }: ErrorSummaryProps): VNode {
  const { i18n } = usePanel()
  return (
    <section data-part="summary" tabIndex={-1} aria-labelledby="porchlight-summary">
      <p id="porchlight-summary">{i18n.text('form.errors', { n: names.length })}</p>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <button type="button" data-part="text-button" onClick={() => form.current?.querySelector<HTMLElement>(`[data-field="${name}"]`)?.focus()}>
              {texts[name]}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
