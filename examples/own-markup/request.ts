import type { RequestView } from '@porchlight/core'
import type { RequestFields } from '@porchlight/protocol'
import { chat, find } from './chat.js'
import { drawOwnFields } from './own-fields.js'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
const form = find<HTMLFormElement>('request')
const controls = (): Control[] => [...form.querySelectorAll<Control>('[name]')]
const isTicked = (control: Control): control is HTMLInputElement => control.type === 'checkbox'
const faults: Readonly<Record<string, string>> = {
  required: 'please fill this in',
  contact: 'an email or a phone number is needed',
  email: 'this is not an email address',
  phone: 'a number with its country code is needed',
  too_long: 'this is too long'
}
const outcomes: Partial<Record<RequestView['state'], string>> = {
  sending: 'Sending…',
  held: 'There is no connection. The request is kept here and goes out by itself.'
}

/** What one control says, as a field of the form; `custom.` begins the name of one that the site added. */
function fieldOf(control: Control): Partial<RequestFields> {
  const value = isTicked(control) ? control.checked : control.value
  const [, own] = control.name.split('custom.')
  return own ? { custom: { [own]: value } } : { [control.name]: value }
}

function show({ state, fields, problems, receipt, error }: RequestView): void {
  const { custom = {}, ...rest } = fields
  const values: Readonly<Record<string, unknown>> = {
    ...rest,
    ...Object.fromEntries(Object.entries(custom).map(([id, value]) => [`custom.${id}`, value]))
  }
  for (const control of controls()) {
    const value = values[control.name]
    if (isTicked(control)) control.checked = value === true
    else if (control.value !== (value ?? '')) control.value = `${value ?? ''}`
    control.ariaInvalid = control.name in problems ? 'true' : null
  }
  const wrong = controls().filter(({ name }) => name in problems)
  const lines = wrong.map(({ name, labels }) => `${labels?.[0]?.textContent}: ${faults[problems[name] ?? ''] ?? 'this cannot be taken'}`)
  find('problems').replaceChildren(...lines.map((text) => Object.assign(document.createElement('li'), { textContent: text })))
  const refused = error ? `Not sent: ${error}. What you wrote is still here.` : ''
  find('outcome').textContent = receipt ? `Request received. Reference number: ${receipt.reference}` : (outcomes[state] ?? refused)
  find('again').hidden = state !== 'accepted'
}

chat.$request.subscribe(show)
chat.$site.subscribe(() => drawOwnFields() && show(chat.$request.get()))
form.addEventListener('input', ({ target }) => chat.editRequest(fieldOf(target as Control)))
find('again').addEventListener('click', chat.newRequest)
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  await chat.leaveRequest()
  controls()
    .find(({ name }) => name in chat.$request.get().problems)
    ?.focus()
})
