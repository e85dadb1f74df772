import type {
  AddOperatorBody,
  ChangeConversationBody,
  ChangeOperatorBody,
  ChangeRequestBody,
  ChangeSiteBody,
  CreateSiteBody,
  HoursPreviewBody,
  PasswordBody,
  PresenceBody,
  SendMessageBody,
  SetupBody,
  SignInBody,
  TicketBody
} from '@porchlight/protocol'

/** The body of each action that takes one. */
interface Bodies {
  readonly 'setup.complete': SetupBody
  readonly 'session.start': SignInBody
  readonly 'me.presence': PresenceBody
  readonly 'me.password': PasswordBody
  readonly 'ticket.create': TicketBody
  readonly 'site.create': CreateSiteBody
  readonly 'site.change': ChangeSiteBody
  readonly 'hours.preview': HoursPreviewBody
  readonly 'message.send': SendMessageBody
  readonly 'conversation.change': ChangeConversationBody
  readonly 'request.change': ChangeRequestBody
  readonly 'operator.add': AddOperatorBody
  readonly 'operator.change': ChangeOperatorBody
}

/** One body for each action that takes one, for the description of the API. */
export const bodyExamples: Bodies = {
  'setup.complete': {
    token: 'plo_Zm9yIHRoZSBvbmUgd2hvIHNlZXMgdGhlIHRlcm1pbmFsLg',
    email: 'olive@example.com',
    name: 'Olive',
    password: 'a lamp on the long shelf'
  },
  'session.start': { email: 'olive@example.com', password: 'a lamp on the long shelf' },
  'me.presence': { available: true },
  'me.password': { current: 'a lamp on the long shelf', next: 'two lamps on the long shelf' },
  'ticket.create': { site: 'shop' },
  'site.create': { site: 'shop', name: 'My shop', origins: ['https://shop.example.com'] },
  'site.change': {
    origins: ['https://shop.example.com', 'https://*.shop.example.com'],
    mailTo: 'desk@shop.example.com',
    hours: {
      zone: 'Europe/Warsaw',
      week: { mon: [{ from: '09:00', to: '18:00' }], fri: [{ from: '18:00', to: '02:00' }] },
      holidays: [{ day: '12-25', open: [] }],
      exceptions: [{ date: '2026-12-24', open: [{ from: '09:00', to: '13:00' }] }]
    },
    requestForm: { fields: [{ id: 'order', kind: 'text', label: { en: 'Order number', pl: 'Numer zamówienia' } }] },
    words: { outsideHours: { en: 'In a hurry? Call +48 22 123 45 67, day and night.' } },
    capacity: 5,
    departments: [{ id: 'sales', name: 'Sales', operators: [], hours: null }],
    firstAnswerTargetMs: 120_000,
    requestTargetMs: 28_800_000
  },
  'hours.preview': {
    hours: {
      zone: 'Europe/Warsaw',
      week: { mon: [{ from: '09:00', to: '18:00' }] },
      exceptions: [{ date: '2026-12-24', open: [] }]
    }
  },
  'message.send': { id: '01931f0a-7c00-7b3e-8a51-3f0e8d2b6c47', text: 'It left this morning.' },
  'conversation.change': { state: 'closed' },
  'request.change': { state: 'answered' },
  'operator.add': { email: 'ann@example.com', name: 'Ann', role: 'agent', password: 'a blanket by the window' },
  'operator.change': { role: 'admin' }
}
