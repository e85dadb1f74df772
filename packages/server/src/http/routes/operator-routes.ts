import {
  AddOperatorBodySchema,
  ChangeOperatorBodySchema,
  ChatError,
  OperatorListSchema,
  type OperatorRow,
  OperatorRowSchema,
  type Role
} from '@porchlight/protocol'
import { mayManageRole } from '../../auth/policy.js'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { type Caller, subjectOn } from '../caller.js'
import { OperatorPath, SitePath } from '../path-schemas.js'
import { refuseUnless } from '../refuse-unless.js'
import { InvalidRequest } from '../validation.js'
import { withoutOperator } from './department-operators.js'

/** Who works on a site, and as what. */
export function operatorRoutes(context: ApiContext): readonly ApiRoute[] {
  return [listOperators(context), addOperator(context), changeOperator(context), removeOperator(context)]
}

function listOperators({ operators }: ApiContext): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/sites/:site/operators',
    action: 'operator.list',
    summary: 'Lists the operators of a site.',
    params: SitePath,
    answers: { 200: OperatorListSchema },
    run: async ({ params }) => ({ operators: await operators.list(params.site) })
  })
}

function addOperator(context: ApiContext): ApiRoute {
  const { operators } = context
  return apiRoute({
    method: 'POST',
    path: '/api/sites/:site/operators',
    action: 'operator.add',
    summary: 'Adds an operator: an account that exists, or a new one with a first password.',
    params: SitePath,
    body: AddOperatorBodySchema,
    answers: { 201: OperatorRowSchema },
    async run({ params: { site }, body, caller }) {
      refuseUnless(mayManageRole(subjectOn(caller(), site).role, body.role))
      const known = await operators.credentials(body.email)
      if (known) await operators.join(site, { operatorId: known.id, role: body.role })
      const operatorId = known?.id ?? (await createOperator(context, site, body))
      return memberOf(await operators.list(site), operatorId)
    }
  })
}

function changeOperator(context: ApiContext): ApiRoute {
  const { operators } = context
  return apiRoute({
    method: 'PATCH',
    path: '/api/sites/:site/operators/:operator',
    action: 'operator.change',
    summary: 'Gives an operator another role on the site, or disables the account. His sign-ins and sockets end.',
    params: OperatorPath,
    body: ChangeOperatorBodySchema,
    answers: { 200: OperatorRowSchema },
    async run({ params: { site, operator }, body, caller }) {
      const member = memberOf(await operators.list(site), operator)
      const { role } = subjectOn(caller(), site)
      refuseUnless(mayManageRole(role, member.role) && (body.role === undefined || mayManageRole(role, body.role)))
      if (body.disabled !== undefined) await setDisabled(context, caller(), { operatorId: operator, isDisabled: body.disabled })
      if (body.role !== undefined) await operators.setRole(site, { operatorId: operator, role: body.role })
      await endAccess(context, operator, caller())
      return memberOf(await operators.list(site), operator)
    }
  })
}

function removeOperator(context: ApiContext): ApiRoute {
  const { operators } = context
  return apiRoute({
    method: 'DELETE',
    path: '/api/sites/:site/operators/:operator',
    action: 'operator.remove',
    summary: 'Takes an operator off the site. His sign-ins and sockets end; the account stays for his other sites.',
    params: OperatorPath,
    answers: { 204: null },
    async run({ params: { site, operator }, caller }) {
      const member = memberOf(await operators.list(site), operator)
      refuseUnless(mayManageRole(subjectOn(caller(), site).role, member.role))
      await operators.leave(site, operator)
      await leaveDepartments(context, site, operator)
      await endAccess(context, operator, caller())
    }
  })
}

async function leaveDepartments({ domain: { sites }, clock }: ApiContext, site: string, operatorId: string): Promise<void> {
  const known = sites.get(site)
  const left = known && withoutOperator(known, operatorId)
  if (left) await sites.save(left, clock.now())
}

async function createOperator(
  { accounts, operators, clock }: ApiContext,
  site: string,
  body: { readonly email: string; readonly name: string; readonly role: Role; readonly password?: string }
): Promise<string> {
  if (body.password === undefined) throw new InvalidRequest('body', [{ field: 'password', problem: 'is needed for a new account' }])
  const passwordHash = await accounts.hashNew({ password: body.password, email: body.email, field: 'password' })
  return operators.create({ email: body.email, name: body.name, role: body.role, sites: [site], passwordHash }, clock.now())
}

/** An account is everybody's whose site it works on: only who manages it on all of them may switch it off. */
async function setDisabled(
  { operators, clock }: ApiContext,
  caller: Caller,
  { operatorId, isDisabled }: { readonly operatorId: string; readonly isDisabled: boolean }
): Promise<void> {
  const roles = await operators.roles(operatorId)
  const managesAll = [...roles].every(([site, role]) => mayManageRole(caller.roles.get(site) ?? 'viewer', role))
  refuseUnless(managesAll && operatorId !== caller.operatorId)
  await operators.setDisabled(operatorId, isDisabled, clock.now())
}

/** What he could do has changed: he signs in again, and no socket keeps the rights it opened with. */
async function endAccess({ sessions, domain }: ApiContext, operatorId: string, caller: Caller): Promise<void> {
  await sessions.endOthers(operatorId, operatorId === caller.operatorId ? caller.hash : null)
  domain.hub.dropOperator(operatorId)
}

function memberOf(members: readonly OperatorRow[], id: string): OperatorRow {
  const member = members.find((each) => each.id === id)
  if (!member) throw new ChatError('not_found', 'no such operator on this site')
  return member
}
