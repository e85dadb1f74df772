// A chat with this page's own markup: the core brings delivery, availability and the switch to a request.
import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { createChat } from '@porchlight/core'

const server = 'http://127.0.0.1:4700'
const chat = createChat({ adapter: porchlightAdapter({ server, site: 'demo' }) })

const find = (id) => document.getElementById(id)
const composer = find('composer')
const request = find('request')

chat.$availability.subscribe(({ state }) => {
  find('light').textContent = state
})

chat.$mode.subscribe((mode) => {
  composer.hidden = mode === 'request'
  request.hidden = mode === 'chat'
})

chat.$messages.subscribe((messages) => {
  const items = messages
    .filter(({ k }) => k === 'text')
    .map(({ by, body, own, state }) => {
      const item = document.createElement('li')
      item.textContent = own ? `You: ${body.text} (${state})` : `${by.name}: ${body.text}`
      return item
    })
  find('messages').replaceChildren(...items)
})

chat.$request.subscribe(({ receipt, problems }) => {
  find('receipt').textContent = receipt ? `Reference number: ${receipt.reference}` : Object.keys(problems).join(', ')
})

composer.addEventListener('submit', async (event) => {
  event.preventDefault()
  await chat.send(composer.elements.text.value)
  composer.reset()
})

request.addEventListener('submit', async (event) => {
  event.preventDefault()
  await chat.leaveRequest({ email: request.elements.email.value, text: request.elements.text.value })
})

await chat.open()
