import type { Role } from '@porchlight/protocol'

/** Everything that operators and their browsers may ask for, over HTTP or a socket. */
export type Action =
  | 'api.describe'
  | 'setup.read'
  | 'setup.complete'
  | 'session.start'
  | 'session.read'
  | 'session.end'
  | 'me.presence'
  | 'me.password'
  | 'site.list'
  | 'site.create'
  | 'site.read'
  | 'site.change'
  | 'hours.preview'
  | 'ticket.create'
  | 'socket.open'
  | 'inbox.read'
  | 'answers.read'
  | 'conversation.list'
  | 'conversation.find'
  | 'conversation.read'
  | 'conversation.change'
  | 'message.send'
  | 'conversation.open'
  | 'cursor.move'
  | 'typing.show'
  | 'credential.renew'
  | 'request.list'
  | 'request.find'
  | 'request.change'
  | 'operator.list'
  | 'operator.add'
  | 'operator.change'
  | 'operator.remove'

/** Who may do it: anybody, whoever is signed in, or a role. `anywhere` is a role on some site, `roles` one on the site in question. */
export type Rule =
  | { readonly scope: 'anyone' }
  | { readonly scope: 'signed-in' }
  | { readonly scope: 'anywhere'; readonly roles: readonly Role[] }
  | { readonly scope: 'site'; readonly roles: readonly Role[] }

const everyone: readonly Role[] = ['owner', 'admin', 'agent', 'viewer']
const staff: readonly Role[] = ['owner', 'admin', 'agent']
const managers: readonly Role[] = ['owner', 'admin']
/** What only visitors do. */
const nobody: readonly Role[] = []

/** The whole policy. An action that is not here is refused. */
export const policy: Readonly<Record<Action, Rule>> = {
  'api.describe': { scope: 'anyone' },
  'setup.read': { scope: 'anyone' },
  'setup.complete': { scope: 'anyone' },
  'session.start': { scope: 'anyone' },
  'session.read': { scope: 'anyone' },
  'session.end': { scope: 'signed-in' },
  'me.presence': { scope: 'signed-in' },
  'me.password': { scope: 'signed-in' },
  'site.list': { scope: 'signed-in' },
  'site.create': { scope: 'anywhere', roles: ['owner'] },
  'site.read': { scope: 'site', roles: everyone },
  'site.change': { scope: 'site', roles: managers },
  'hours.preview': { scope: 'site', roles: managers },
  'ticket.create': { scope: 'signed-in' },
  'socket.open': { scope: 'site', roles: everyone },
  'inbox.read': { scope: 'site', roles: everyone },
  'answers.read': { scope: 'site', roles: everyone },
  'conversation.list': { scope: 'site', roles: everyone },
  'conversation.find': { scope: 'site', roles: everyone },
  'conversation.read': { scope: 'site', roles: everyone },
  'conversation.change': { scope: 'site', roles: staff },
  'message.send': { scope: 'site', roles: staff },
  'conversation.open': { scope: 'site', roles: nobody },
  'cursor.move': { scope: 'site', roles: staff },
  'typing.show': { scope: 'site', roles: staff },
  'credential.renew': { scope: 'site', roles: nobody },
  'request.list': { scope: 'site', roles: everyone },
  'request.find': { scope: 'site', roles: everyone },
  'request.change': { scope: 'site', roles: staff },
  'operator.list': { scope: 'site', roles: managers },
  'operator.add': { scope: 'site', roles: managers },
  'operator.change': { scope: 'site', roles: managers },
  'operator.remove': { scope: 'site', roles: managers }
}

/** Whether a role allows an action on its own site. HTTP routes ask it by their action, the frames of sockets by theirs. */
export function mayOnSite(role: Role | undefined, action: Action): boolean {
  const rule = ruleOf(action)
  return rule?.scope === 'site' && role !== undefined && rule.roles.includes(role)
}

/**
 * Whether somebody with these roles, on whatever sites, may do what concerns no single site.
 * Where there is no site yet nobody can hold a role, and the one account that exists is the first owner's.
 */
export function mayAnywhere(roles: readonly Role[], action: Action, hasSites: boolean): boolean {
  const rule = ruleOf(action)
  return rule?.scope === 'anywhere' && (!hasSites || roles.some((role) => rule.roles.includes(role)))
}

/** The rule of an action; undefined, which means no, for a name that is not in the table. */
export function ruleOf(action: string): Rule | undefined {
  return Object.hasOwn(policy, action) ? policy[action as Action] : undefined
}

/** Whether one operator may give, change or take away a role: owners manage everybody, admins manage agents and viewers. */
export function mayManageRole(actor: Role, subject: Role): boolean {
  return actor === 'owner' || (actor === 'admin' && (subject === 'agent' || subject === 'viewer'))
}
