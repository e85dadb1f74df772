import { RichText } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'

/** Contacts as the customer typed them. */
export interface ContactFieldsProps {
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
}

/** Name, email and phone as a list of terms; what was not given is not there. */
export function ContactFields({ name, email, phone }: ContactFieldsProps): VNode {
  const { text } = useConsole().i18n
  const digits = phone?.replace(/[^\d+]/g, '') ?? ''
  return (
    <dl data-part="facts">
      {name ? (
        <div>
          <dt>{text('request.name')}</dt>
          <dd dir="auto">{name}</dd>
        </div>
      ) : null}
      {email ? (
        <div>
          <dt>{text('request.email')}</dt>
          <dd dir="auto">
            <RichText text={email} />
          </dd>
        </div>
      ) : null}
      {phone ? (
        <div>
          <dt>{text('request.phone')}</dt>
          <dd>
            <a href={`tel:${digits}`} dir="ltr">
              {phone}
            </a>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
