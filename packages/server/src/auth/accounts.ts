import { ChatError } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import { InvalidRequest } from '../http/validation.js'
import type { OperatorStore } from '../store/operator-store.js'
import type { SessionStore } from '../store/session-store.js'
import type { PasswordHasher } from './password-hash.js'
import { passwordProblem } from './password-rules.js'
import type { SignInThrottle } from './sign-in-throttle.js'

/** What somebody typed into the sign-in form, and from where. */
interface SignIn {
  readonly email: string
  readonly password: string
  /** Key of the caller's address; null for one that is not counted. */
  readonly address: string | null
}

/** A password to set, and for which account. */
interface PasswordChoice {
  readonly password: string
  readonly email: string
  /** Name of the field in the request, for the answer when it is refused. */
  readonly field: string
}

/** Proves who somebody is by his password. */
export interface Accounts {
  /**
   * Resolves to the account.
   *
   * @throws {ChatError} `unauthorized`, the same for a wrong password, an unknown address and a disabled account; `rate_limited`; `busy`.
   */
  readonly check: (signIn: SignIn) => Promise<string>
  /** A new sign-in; resolves to the cookie's value. */
  readonly startSession: (operatorId: string) => Promise<string>
  /** Hashes a password that may be set. @throws {ChatError} `invalid`, naming the field. */
  readonly hashNew: (choice: PasswordChoice) => Promise<string>
}

/** What {@link createAccounts} builds on. */
export interface AccountsOptions {
  readonly operators: OperatorStore
  readonly sessions: SessionStore
  readonly passwords: PasswordHasher
  readonly throttle: SignInThrottle
  readonly clock: Clock
}

/** Accounts over the stores, with every guess counted. */
export function createAccounts({ operators, sessions, passwords, throttle, clock }: AccountsOptions): Accounts {
  async function verify({ email, password, address }: SignIn): Promise<string | null> {
    const attempt = throttle.attempt({ email, address })
    try {
      const account = await operators.credentials(email)
      const { isRight, isOutdated } = await passwords.verify(password, account?.passwordHash ?? null)
      if (!account || !isRight || account.isDisabled) return null
      attempt.succeeded()
      if (isOutdated) await operators.setPassword(account.id, await passwords.hash(password), clock.now())
      return account.id
    } catch (error) {
      attempt.withdrawn()
      throw error
    }
  }

  return {
    async check(signIn) {
      const operatorId = await verify(signIn)
      if (operatorId === null) throw new ChatError('unauthorized', 'no account with this email and password')
      return operatorId
    },
    startSession: (operatorId) => sessions.start(operatorId, clock.now()),
    async hashNew({ password, email, field }) {
      const problem = passwordProblem(password, { email })
      if (problem !== null) throw new InvalidRequest('body', [{ field, problem }])
      return passwords.hash(password)
    }
  }
}
