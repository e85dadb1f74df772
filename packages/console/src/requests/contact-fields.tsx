import type { KeptAnswer } from '@porchlight/protocol'
import { RichText } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'

/** Contacts and answers as the customer typed them. */
export interface ContactFieldsProps {
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  /** To the fields that the site had added. */
  readonly answers?: readonly KeptAnswer[] | undefined
  /** The words that the customer agreed to. */
  readonly consent?: string | undefined
}

/** Name, email, phone and what else was asked for as a list of terms; what was not given is not there. */
export function ContactFields({ name, email, phone, answers = [], consent }: ContactFieldsProps): VNode {
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
      {answers.map(({ id, label, value }) => (
        <div key={id}>
          <dt dir="auto">{label}</dt>
          <dd dir="auto">{typeof value === 'string' ? <RichText text={value} /> : text(value ? 'request.yes' : 'request.no')}</dd>
        </div>
      ))}
      {consent === undefined ? null : (
        <div>
          <dt>{text('request.consent')}</dt>
          <dd dir="auto">{consent || text('request.yes')}</dd>
        </div>
      )}
    </dl>
  )
}
