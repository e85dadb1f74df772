import { expect, it } from 'vitest'
import { connect } from './operator-socket.js'
import { startWorld } from './world.js'

const path = (c: string): string => `/api/sites/alpha/conversations/${c}`

it('an agent gives a conversation to a colleague and takes it from him; everybody who follows it sees each', async () => {
  const { staff, own, server, recruit } = await startWorld()
  const colleague = await recruit('agent')
  const inbox = await connect(server, staff.owner, 'alpha')
  inbox.send({ t: 'fetch', rid: 'r', c: own.conversation, from: 1, sub: true })
  await inbox.frame('page')
  const given = await staff.agent.call('PATCH', path(own.conversation), { body: { assignee: colleague } })
  expect([given.status, given.body]).toMatchObject([200, { c: own.conversation, assignee: { id: colleague, name: 'Recruit' } }])
  expect(await inbox.event('assigned')).toMatchObject({ data: { operator: { id: colleague, name: 'Recruit' } }, by: { role: 'system' } })
  expect((await staff.agent.call('PATCH', path(own.conversation), { body: { assignee: null } })).body).toMatchObject({ assignee: null })
  expect((await staff.viewer.call('PATCH', path(own.conversation), { body: { assignee: colleague } })).status).toBe(403)
})

it('who may not answer on the site, and a department that it does not have, are refused at their field, and nothing is changed', async () => {
  const { staff, own, foreign, recruit } = await startWorld()
  const viewer = await recruit('viewer')
  const before = (await staff.agent.call('GET', path(own.conversation))).body
  const nobody = 'is nobody who may answer on this site'
  for (const [body, problem] of [
    [{ assignee: foreign.operator }, nobody],
    [{ assignee: viewer }, nobody],
    [{ assignee: 'op_nobody' }, nobody],
    [{ department: 'nowhere' }, 'is no department of this site']
  ] as const) {
    const { status, body: answer } = await staff.agent.call('PATCH', path(own.conversation), { body })
    const [field] = Object.keys(body)
    expect([status, answer]).toMatchObject([400, { error: { code: 'invalid', fields: [{ field, problem }] } }])
  }
  expect((await staff.agent.call('GET', path(own.conversation))).body).toEqual(before)
})

it('the inbox names the departments that a conversation can be moved to', async () => {
  const { staff, own } = await startWorld()
  const care = { id: 'care', name: 'Customer care', operators: [own.operator] }
  await staff.owner.call('PATCH', '/api/sites/alpha', { body: { departments: [care] } })
  const departments = [{ id: 'care', name: 'Customer care' }]
  expect((await staff.agent.call('GET', '/api/sites/alpha/inbox')).body).toMatchObject({ departments })
  expect((await staff.agent.call('PATCH', path(own.conversation), { body: { department: 'care' } })).body).toMatchObject({ department: 'care' })
})

it('a closed conversation is nobody’s and stays so; two changes in one call, and none, are refused', async () => {
  const { staff, own } = await startWorld()
  for (const body of [{}, { state: 'open', assignee: null }, { assignee: null, department: null }])
    expect((await staff.agent.call('PATCH', path(own.conversation), { body })).status, JSON.stringify(body)).toBe(400)
  await staff.agent.call('PATCH', path(own.conversation), { body: { state: 'closed' } })
  const { status, body } = await staff.agent.call('PATCH', path(own.conversation), { body: { assignee: own.operator } })
  expect([status, body]).toMatchObject([400, { error: { fields: [{ field: 'assignee', problem: 'is of a closed conversation: open it first' }] } }])
})
