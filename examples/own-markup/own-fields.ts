import type { FormField, RequestForm } from '@porchlight/protocol'
import { chat, find, said } from './chat.js'

type Control = HTMLInputElement | HTMLSelectElement

/** The control for a field that the site added. */
function controlFor({ kind, options = [] }: Pick<FormField, 'kind' | 'options'>): Control {
  if (kind !== 'select') return Object.assign(document.createElement('input'), { type: kind })
  const select = document.createElement('select')
  select.append(new Option(), ...options.map(({ id, label }) => new Option(said(label), id)))
  return select
}

function labelled(control: Control, name: string, text: string): HTMLElement {
  const label = document.createElement('label')
  label.htmlFor = name
  label.textContent = control.required ? `${text} (required)` : text
  Object.assign(control, { id: name, name })
  const row = document.createElement('div')
  row.append(label, control)
  return row
}

function consentRow({ label, url }: NonNullable<RequestForm['consent']>): HTMLElement {
  const row = labelled(Object.assign(controlFor({ kind: 'checkbox' }), { required: true }), 'consent', said(label))
  if (url) row.append(' ', Object.assign(document.createElement('a'), { href: url, textContent: 'The rules in full' }))
  return row
}

function rowsFor({ fields = [], consent }: Partial<RequestForm>): HTMLElement[] {
  const rows = fields.map((field) => {
    const control = Object.assign(controlFor(field), { required: field.isRequired === true })
    return labelled(control, `custom.${field.id}`, said(field.label))
  })
  return consent ? [...rows, consentRow(consent)] : rows
}

let drawn = ''

/** Draws the site's own fields, and again only when it asks for others. Answers whether it drew. */
export function drawOwnFields(): boolean {
  const form = chat.$site.get().form ?? {}
  if (drawn === JSON.stringify(form)) return false
  drawn = JSON.stringify(form)
  find('own-fields').replaceChildren(...rowsFor(form))
  return true
}
