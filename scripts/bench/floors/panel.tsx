// The least a panel costs: Preact, hooks and one atom under a header, a list, a text field and a button. No delivery, no words, no access.
import { atom } from 'nanostores'
import { type ComponentChild, render } from 'preact'
import { useEffect, useState } from 'preact/hooks'

const $messages = atom<readonly { readonly id: number; readonly text: string }[]>([])

const css = `:host{all:initial}section{position:fixed;inset:auto 16px 88px auto;width:360px;height:560px;display:flex;flex-direction:column;
background:#fff;color:#14161a;font:16px/1.5 system-ui,sans-serif;border-radius:16px;box-shadow:0 12px 32px rgb(0 0 0/.18);overflow:hidden}
header{padding:16px;background:#2456e6;color:#fff;font-weight:600}ol{flex:1;overflow:auto;margin:0;padding:16px;list-style:none}
li{margin:0 0 8px auto;max-width:80%;width:fit-content;padding:8px 12px;border-radius:16px;background:#2456e6;color:#fff;overflow-wrap:anywhere}
form{display:flex;gap:8px;padding:12px;border-top:1px solid #d5dae3}textarea{flex:1;font:inherit;border:1px solid #7d8594;border-radius:10px;padding:8px;resize:none}
button{font:inherit;border:0;border-radius:10px;background:#2456e6;color:#fff;padding:0 16px}`

function Panel(): ComponentChild {
  const [messages, setMessages] = useState($messages.get())
  const [text, setText] = useState('')
  useEffect(() => $messages.listen(setMessages), [])
  return (
    <section>
      <header>Support</header>
      <ol>
        {messages.map(({ id, text: body }) => (
          <li key={id}>{body}</li>
        ))}
      </ol>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          $messages.set([...$messages.get(), { id: Date.now(), text }])
          setText('')
        }}
      >
        <textarea value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <button type="submit">Send</button>
      </form>
    </section>
  )
}

export function mount(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  const box = document.createElement('div')
  root.append(box)
  render(<Panel />, box)
}
