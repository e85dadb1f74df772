import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { type Chat, createChat } from '@porchlight/core'
import { type Texts, textIn } from '@porchlight/protocol'

/** The one chat of the page. Nothing is stored or sent before `open()`. */
export const chat: Chat = createChat({ adapter: porchlightAdapter({ server: 'http://127.0.0.1:4700', site: 'demo' }) })

/** The element that the page has under an id. */
export const find = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind

/** What the site says by itself, in the page's language. */
export const said = (texts: Texts | undefined): string => (texts ? textIn(texts, document.documentElement.lang) : '')
