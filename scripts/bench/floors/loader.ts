// The least a lazy widget costs: one round button in a shadow root that shows the light, and the panel's module on the first intent.
const { src, dataset } = document.currentScript as HTMLScriptElement
const host = document.createElement('div')
const root = host.attachShadow({ mode: 'open' })
const button = document.createElement('button')
button.textContent = '?'
button.style.cssText = 'position:fixed;inset:auto 16px 16px auto;width:56px;height:56px;border-radius:50%;border:0;background:#2456e6;color:#fff'
root.append(button)
document.documentElement.append(host)

void fetch(new URL(`/v1/sites/${dataset['site']}/light?lang=en`, src), { credentials: 'omit' })
  .then((answer) => answer.json())
  .then(({ state }) => {
    button.dataset['state'] = state
  })

let panel: Promise<{ readonly mount: (root: ShadowRoot) => void }> | undefined
const load = () => {
  panel ??= import(/* @vite-ignore */ './panel.js' as string)
  return panel
}
button.addEventListener('pointerenter', load)
button.addEventListener('focus', load)
button.addEventListener('click', async () => (await load()).mount(root))
