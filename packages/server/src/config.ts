import { emailField, isMailAddress, parse } from '@porchlight/protocol'
import { passwordProblem } from './auth/password-rules.js'
import { readLimits } from './config/limits.js'
import { exposureFault, readPublicUrl } from './config/public-url.js'
import { readSmtpUrl } from './config/smtp-url.js'
import { readTrustProxy } from './config/trust-proxy.js'
import { createVariables, type Environment, flag, Unexpected, type Variables, wholeNumber } from './config/variables.js'
import { type LogLevel, logLevels } from './log.js'
import type { MailSettings } from './mail/mail-settings.js'
import { defaults, type ServerOptions } from './server-options.js'

/** A configuration, or everything that is wrong with it. */
export type Config =
  | { readonly isGood: true; readonly options: ServerOptions; readonly unknownNames: readonly string[] }
  | { readonly isGood: false; readonly faults: readonly string[] }

/** Variables whose part of the server is not there. */
const unbuilt: Readonly<Record<string, string>> = {
  PORCHLIGHT_NATS_URL: 'running on several nodes'
}

const known: readonly string[] = [
  'PORCHLIGHT_DATA',
  'PORCHLIGHT_DATABASE_URL',
  'PORCHLIGHT_OWNER_EMAIL',
  'PORCHLIGHT_OWNER_PASSWORD',
  'PORCHLIGHT_PUBLIC_URL',
  'PORCHLIGHT_SMTP_URL',
  'PORCHLIGHT_MAIL_FROM',
  'PORCHLIGHT_TRUST_PROXY',
  'PORCHLIGHT_LIMITS',
  'PORCHLIGHT_LOG',
  'PORCHLIGHT_DEMO',
  ...Object.keys(unbuilt)
]

/**
 * Reads the environment into options. Each fault is one sentence that names the variable, its value and what is expected; all are
 * reported at once. Passwords are never quoted. An empty variable is the same as an unset one.
 *
 * @example
 * ```ts
 * import { createServer, readConfig } from '@porchlight/server'
 *
 * const config = readConfig(process.env)
 * if (!config.isGood) throw new Error(config.faults.join('\n'))
 * const server = await createServer(config.options)
 * ```
 */
export function readConfig(env: Environment): Config {
  const variables = createVariables(env)
  const host = variables.text('HOST') ?? defaults.host
  const options: ServerOptions = {
    dataFolder: variables.text('PORCHLIGHT_DATA') ?? defaults.dataFolder,
    port: variables.read('PORT', wholeNumber(0, 65_535)) ?? defaults.port,
    host,
    publicUrl: variables.read('PORCHLIGHT_PUBLIC_URL', readPublicUrl),
    owner: readOwner(variables),
    mail: readMail(variables),
    trustProxy: variables.read('PORCHLIGHT_TRUST_PROXY', readTrustProxy),
    limits: variables.read('PORCHLIGHT_LIMITS', readLimits),
    logLevel: variables.read('PORCHLIGHT_LOG', readLogLevel),
    isDemo: variables.read('PORCHLIGHT_DEMO', flag) ?? false
  }
  refuseExposure(variables, options)
  refuseUnbuilt(variables)
  if (variables.faults().length > 0) return { isGood: false, faults: variables.faults() }
  const unknownNames = Object.keys(env).filter((name) => name.startsWith('PORCHLIGHT_') && !known.includes(name))
  return { isGood: true, options, unknownNames }
}

/** A public URL that is faulty by itself is reported as that alone. */
function refuseExposure(variables: Variables, { host = defaults.host, publicUrl }: ServerOptions): void {
  const isFaulty = publicUrl === undefined && variables.text('PORCHLIGHT_PUBLIC_URL') !== undefined
  const fault = isFaulty ? null : exposureFault(host, publicUrl)
  if (fault !== null) variables.fault(fault)
}

function readOwner(variables: Variables): { readonly email: string; readonly password: string } | undefined {
  const email = variables.read('PORCHLIGHT_OWNER_EMAIL', readEmail)
  const password = variables.read('PORCHLIGHT_OWNER_PASSWORD', (value) => {
    const problem = passwordProblem(value, { email: email ?? '' })
    if (problem !== null) throw new Unexpected(`a better password, since this one ${problem}`, { isSecret: true })
    return value
  })
  expectBoth(variables, 'PORCHLIGHT_OWNER_EMAIL', 'PORCHLIGHT_OWNER_PASSWORD')
  return email === undefined || password === undefined ? undefined : { email, password }
}

function readMail(variables: Variables): MailSettings | undefined {
  const server = variables.read('PORCHLIGHT_SMTP_URL', readSmtpUrl)
  const from = variables.read('PORCHLIGHT_MAIL_FROM', readMailFrom)
  expectBoth(variables, 'PORCHLIGHT_SMTP_URL', 'PORCHLIGHT_MAIL_FROM')
  return server === undefined || from === undefined ? undefined : { server, from }
}

function expectBoth(variables: Variables, one: string, other: string): void {
  const given = [one, other].filter((name) => variables.text(name) !== undefined)
  if (given.length === 1) variables.fault(`${given[0]} is set alone: expected ${one} and ${other} together, or neither`)
}

function readMailFrom(value: string): string {
  if (!isMailAddress(value)) throw new Unexpected('one address such as chat@example.com, without a name')
  return value
}

function readLogLevel(value: string): LogLevel {
  const level = logLevels.find((each) => each === value)
  if (level === undefined) throw new Unexpected(`one of ${logLevels.join(', ')}`)
  return level
}

function readEmail(value: string): string {
  try {
    return parse(emailField, value)
  } catch {
    throw new Unexpected('an address such as owner@example.com')
  }
}

function refuseUnbuilt(variables: Variables): void {
  for (const [name, purpose] of Object.entries(unbuilt)) {
    if (variables.text(name) !== undefined) variables.fault(`${name} is set, but ${purpose} is not built yet: expected it to be unset`)
  }
  variables.read('PORCHLIGHT_DATABASE_URL', (value) => {
    // An address of a database may hold its password.
    if (value !== 'sqlite') throw new Unexpected('it to be unset or "sqlite", since other databases are not built yet', { isSecret: true })
  })
}
