import { textIn } from '@porchlight/protocol'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { CheckField } from '../components/check-field.js'
import { usePanel } from '../panel/panel-context.js'

/** What the site needs the customer to agree to; nothing where it needs nothing. */
export function Consent({ problem }: { readonly problem: string | undefined }): VNode | null {
  const { chat, i18n } = usePanel()
  const { fields, state } = useStore(chat.$request)
  const { consent } = useStore(chat.$site).form ?? {}
  if (!consent) return null
  const label = textIn(consent.label, i18n.locale)
  return (
    <CheckField
      {...{ name: 'consent', label, problem }}
      // Agreed is to these words: others need to be agreed to anew.
      isChecked={fields.consent === label}
      isDisabled={state === 'sending'}
      required={i18n.text('form.required')}
      onChange={(isChecked) => chat.editRequest({ consent: isChecked && label })}
    >
      {consent.url ? (
        <p data-part="note">
          <a href={consent.url} target="_blank" rel="noopener">
            {i18n.text('form.rules')}
          </a>
        </p>
      ) : null}
    </CheckField>
  )
}
