import type { Role } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { type Action, mayAnywhere, mayManageRole, mayOnSite, policy } from './policy.js'

const roles: readonly Role[] = ['owner', 'admin', 'agent', 'viewer']
const siteActions = Object.entries(policy)
  .filter(([, { scope }]) => scope === 'site')
  .map(([action]) => action as Action)

describe('policy', () => {
  it('lets nobody do what is not in the table', () => {
    for (const action of ['site.delete', 'constructor', '__proto__', 'toString', '']) {
      for (const role of roles) expect(mayOnSite(role, action as Action)).toBe(false)
    }
  })

  it('lets nobody without a role on the site do anything there', () => {
    for (const action of siteActions) expect(mayOnSite(undefined, action)).toBe(false)
  })

  it('gives each role no less than the one below it', () => {
    for (const action of siteActions) {
      const allowed = roles.map((role) => mayOnSite(role, action))
      expect(allowed).toEqual([...allowed].sort((a, b) => Number(b) - Number(a)))
    }
  })

  it('lets a viewer read, and change nothing', () => {
    const changes = siteActions.filter((action) => /\.(change|send|add|remove)$/.test(action))
    expect(changes.length).toBeGreaterThan(5)
    for (const action of changes) expect(mayOnSite('viewer', action)).toBe(false)
    expect(mayOnSite('viewer', 'inbox.read')).toBe(true)
  })

  it('lets only an owner of some site make another one, except where there is none', () => {
    expect(mayAnywhere(['owner'], 'site.create', true)).toBe(true)
    expect(mayAnywhere(['admin', 'agent'], 'site.create', true)).toBe(false)
    expect(mayAnywhere([], 'site.create', true)).toBe(false)
    expect(mayAnywhere([], 'site.create', false)).toBe(true)
    expect(mayAnywhere(['owner'], 'message.send', true)).toBe(false)
  })

  it('lets an admin manage only agents and viewers', () => {
    expect(roles.filter((role) => mayManageRole('admin', role))).toEqual(['agent', 'viewer'])
    expect(roles.filter((role) => mayManageRole('owner', role))).toEqual(roles)
    expect(roles.filter((role) => mayManageRole('agent', role))).toEqual([])
  })
})
