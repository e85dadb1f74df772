// A chat, a line and a request form in this page's own markup. The core brings delivery, the light, and the switch from the one to the other.
import './light.js'
import './queue.js'
import './messages.js'
import './request.js'
import { chat } from './chat.js'

await chat.open()
