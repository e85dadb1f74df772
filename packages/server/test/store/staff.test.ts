import type { Role } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { createOperatorStore } from '../../src/store/operator-store.js'
import { loadSites } from '../../src/store/site-registry.js'
import { temporaryDatabase } from '../domain/world.js'

const account = (email: string, role: Role, sites: readonly string[]) => ({ email, name: email, passwordHash: 'x', role, sites })

it('a site has staff while somebody who may answer there can sign in, and whoever asks hears when that may have changed', async () => {
  const db = await temporaryDatabase()
  const sites = await loadSites(db)
  for (const id of ['shop', 'other']) await sites.save({ id, name: id, origins: [], capacity: 5, settings: {} }, 1)
  const operators = createOperatorStore(db)
  let changes = 0
  const stop = operators.onChange(() => changes++)
  const staffed = () => Promise.all(['shop', 'other'].map(operators.hasStaff))

  const owner = await operators.create(account('owner@shop.example', 'owner', ['shop', 'other']), 1)
  expect(await staffed()).toEqual([true, true])
  await operators.setDisabled(owner, true, 1)
  expect(await staffed()).toEqual([false, false])
  await operators.create(account('watcher@shop.example', 'viewer', ['shop', 'other']), 1)
  expect(await staffed()).toEqual([false, false])
  const agent = await operators.create(account('agent@shop.example', 'agent', ['shop']), 1)
  expect(await staffed()).toEqual([true, false])
  await operators.setDisabled(agent, true, 2)
  expect(await staffed()).toEqual([false, false])
  await operators.setDisabled(agent, false, 3)
  await operators.join('other', { operatorId: agent, role: 'agent' })
  expect(await staffed()).toEqual([true, true])
  await operators.leave('shop', agent)
  await operators.setRole('other', { operatorId: agent, role: 'viewer' })
  expect(await staffed()).toEqual([false, false])
  expect(changes).toBe(9)
  stop()
  await operators.setRole('other', { operatorId: agent, role: 'owner' })
  expect(changes).toBe(9)
})
