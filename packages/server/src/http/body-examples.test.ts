import {
  AddOperatorBodySchema,
  ChangeConversationBodySchema,
  ChangeOperatorBodySchema,
  ChangeRequestBodySchema,
  ChangeSiteBodySchema,
  CreateSiteBodySchema,
  HoursPreviewBodySchema,
  PasswordBodySchema,
  PresenceBodySchema,
  parse,
  type Schema,
  SendMessageBodySchema,
  SetupBodySchema,
  SignInBodySchema,
  TicketBodySchema
} from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { bodyExamples } from './body-examples.js'

const schemas: { readonly [A in keyof typeof bodyExamples]: Schema<unknown> } = {
  'setup.complete': SetupBodySchema,
  'session.start': SignInBodySchema,
  'me.presence': PresenceBodySchema,
  'me.password': PasswordBodySchema,
  'ticket.create': TicketBodySchema,
  'site.create': CreateSiteBodySchema,
  'site.change': ChangeSiteBodySchema,
  'hours.preview': HoursPreviewBodySchema,
  'message.send': SendMessageBodySchema,
  'conversation.change': ChangeConversationBodySchema,
  'request.change': ChangeRequestBodySchema,
  'operator.add': AddOperatorBodySchema,
  'operator.change': ChangeOperatorBodySchema
}

it.each(Object.keys(schemas) as (keyof typeof schemas)[])('the example of %s is a body that it takes, and nothing more', (action) => {
  expect(parse(schemas[action], bodyExamples[action])).toEqual(bodyExamples[action])
})
