import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { scan, shippedFiles } from './shipped.mjs'

/** As Preact 11 ships it, minified. */
const preact = 'p?(s||_&&(p.__html==_.__html||p.__html==t.innerHTML)||(t.innerHTML=p.__html),r.__k=[]):(_&&(t.textContent=""))'

it('a reserved name that leads nowhere may stand in words', () => {
  expect(scan('a.js', 'say("write it like https://shop.example. Or https://chat.example.com, or https://*.shop.example")')).toEqual([])
})

it('the one assignment in Preact’s renderer passes, and so do docstrings that name a host', () => {
  expect(scan('panel.js', `${preact};a.textContent=b`)).toEqual([])
  expect(scan('index.js', "/** Such as https://chat.example.com. */\nexport const a = 'http://www.w3.org/2000/svg'")).toEqual([])
})

it.each([
  ['assigns markup', 'host.innerHTML=location.hash'],
  ['assigns markup', 'host.innerHTML=a.__html'],
  ['assigns markup', 'host.innerHTML+=a'],
  ['assigns markup', 'host["innerHTML"] = a'],
  ['assigns markup', preact],
  ['parses markup', 'host.insertAdjacentHTML("beforeend",a)'],
  ['parses markup', 'host.setHTMLUnsafe(a)'],
  ['evaluates text', 'eval(a)'],
  ['has a timer made of text', 'setTimeout("a()",1)'],
  ['sets a style or handler attribute', 'host.setAttribute("onclick",a)'],
  ['makes a script or style element', 'document.createElement("script")'],
  ['listens to unload', 'addEventListener("unload",a)'],
  ['listens to beforeunload', 'addEventListener("beforeunload",a)'],
  ['reads process.env', 'if(process.env.NODE_ENV)a()'],
  ['patches history', 'history.pushState=a'],
  ['names a host', 'fetch("https://tracker.net/a")'],
  ['names a host', 'fetch("https://example.com.tracker.net/a")'],
  ['names a host', 'fetch("https://shop.examples/a")']
])('behind Preact’s own assignment a script that %s is found: %s', (what, fault) => {
  expect(scan('panel.js', `${preact};${fault}`)).toEqual([expect.stringContaining(`panel.js ${what}`)])
})

it('the console alone may ask whoever closes it', () => {
  expect(scan('packages/console/dist/assets/main.js', 'addEventListener("beforeunload",a)')).toEqual([])
  expect(scan('packages/console/dist/assets/main.js', 'addEventListener("unload",a)')).toHaveLength(1)
  expect(scan('packages/widget/dist/index.js', 'addEventListener("beforeunload",a)')).toHaveLength(1)
})

it('each fault counts, not only the first of its kind', () => {
  expect(scan('panel.js', `${preact};a.innerHTML=b;c.outerHTML=d;eval(e)`)).toHaveLength(3)
})

it('the scripts of the tag, the console’s and the widget for bundlers are looked at, and none may be absent', () => {
  const root = mkdtempSync(join(tmpdir(), 'porchlight-shipped-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const files = [
    'packages/widget/dist/cdn/porchlight.js',
    'packages/widget/dist/cdn/assets/panel-a.js',
    'packages/console/dist/assets/main-a.js',
    'packages/widget/dist/index.js'
  ]
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), '')
  }
  writeFileSync(join(root, 'packages/console/dist/index.html'), '')
  expect(shippedFiles(root).toSorted()).toEqual(files.toSorted())
  rmSync(join(root, 'packages/console/dist/assets'), { recursive: true })
  expect(() => shippedFiles(root)).toThrow('packages/console/dist holds no script')
})
