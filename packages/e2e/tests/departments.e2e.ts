import type { Department } from '@porchlight/protocol'
import { afterEach, expect, it } from 'vitest'
import { articleWith, type HostSite, serveHost } from '../harness/host-page.js'
import { scriptTag, useScene } from '../harness/scene.js'
import type { ConsoleModel } from '../models/console.model.js'

const scene = useScene()
let shop: HostSite | undefined
afterEach(() => shop?.close())

/** The shop's pages, each for a department. */
async function pagesFor(...departments: readonly string[]): Promise<HostSite> {
  const tagFor = (department: string) => scriptTag(scene.server.url, `data-site="demo" data-department="${department}"`)
  shop = await serveHost(Object.fromEntries(departments.map((name) => [`/${name}`, { html: articleWith(tagFor(name)) }])))
  return shop
}

/** Sets who of the demo site answers where: the signed-in operator, or nobody. */
function setDepartments({ page }: ConsoleModel, staffed: Readonly<Record<string, boolean>>): Promise<number> {
  return page.evaluate(async (names) => {
    const { id } = (await (await fetch('/api/session')).json()) as { readonly id: string }
    const departments: Department[] = Object.entries(names).map(([name, isStaffed]) => ({ id: name, name, operators: isStaffed ? [id] : [] }))
    const headers = { 'Content-Type': 'application/json', 'X-Porchlight': '1' }
    return (await fetch('/api/sites/demo', { method: 'PATCH', headers, body: JSON.stringify({ departments }) })).status
  }, staffed)
}

it('where one department is staffed and another is not, a page of the one has the light on and the chat, a page of the other neither, until somebody comes', async () => {
  const { desk } = await scene.operator()
  expect(await setDepartments(desk, { sales: true, care: false })).toBe(200)
  await desk.setAvailable(true)
  const { url } = await pagesFor('sales', 'care')
  const { widget: sales } = await scene.customer('desktop', `${url}/sales`)
  const { widget: care } = await scene.customer('desktop', `${url}/care`)
  await expect.poll(() => sales.launcher.getAttribute('data-state')).toBe('online')
  await expect.poll(() => care.launcher.getAttribute('data-state')).toBe('offline')

  await sales.open()
  await sales.composer.waitFor()
  await care.open()
  await care.panel.getByRole('heading', { name: 'Leave a request' }).waitFor()

  expect(await setDepartments(desk, { sales: true, care: true })).toBe(200)
  await care.composer.waitFor()
  await care.send('It has no handle')
  await desk.conversations.getByText('It has no handle').waitFor()
  expect([...sales.faults, ...care.faults]).toEqual([])
})
