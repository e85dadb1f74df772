import type { ChatMessage } from '@porchlight/core'
import { chat, find } from './chat.js'

const list = find('messages')
const composer = find<HTMLFormElement>('composer')
const field = find<HTMLTextAreaElement>('message')
const items = new Map<string, HTMLLIElement>()

function textOf({ by, body, own, state }: ChatMessage): string {
  const text = body['reference'] ? `Request ${body['reference']}` : body['text']
  return own ? `You: ${text} (${state})` : `${by.name}: ${text}`
}

/** An element stays one's own for good, so that a screen reader hears what is new and nothing twice. */
function itemFor(message: ChatMessage): HTMLLIElement {
  const item = items.get(message.id) ?? document.createElement('li')
  items.set(message.id, item)
  if (item.dataset['state'] === message.state) return item
  item.dataset['state'] = message.state
  item.textContent = textOf(message)
  if (message.state === 'failed') item.append(' ', againButton(message.id))
  return item
}

function againButton(id: string): HTMLButtonElement {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Send again' })
  button.addEventListener('click', () => chat.resend(id))
  return button
}

chat.$messages.subscribe((messages) => {
  const shown = messages.filter(({ body }) => body['text'] || body['reference']).map(itemFor)
  for (const item of [...list.children]) if (!shown.includes(item as HTMLLIElement)) item.remove()
  for (const [index, item] of shown.entries()) if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null)
})

chat.$draft.subscribe((text) => {
  if (field.value !== text) field.value = text
})
field.addEventListener('input', () => chat.setDraft(field.value))

composer.addEventListener('submit', async (event) => {
  event.preventDefault()
  try {
    await chat.send(field.value)
    find('refused').textContent = ''
    chat.setDraft('')
  } catch {
    find('refused').textContent = 'This could not be taken now. Your text is still here.'
  }
})
