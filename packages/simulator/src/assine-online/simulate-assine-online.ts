import { finiteMs } from '../clock.ts'
import { basicsOf, simulateIssuer } from '../issuing-simulator.ts'
import type { Route } from '../route.ts'
import type { Simulator } from '../simulation.ts'
import { type AssineOnlineTokenOperation, accessTokenRoutes } from './access-token-routes.ts'
import { type AssineOnlineAccount, createAccounts } from './accounts.ts'
import { createGuard, sessionsOnly } from './guard.ts'
import type { AssineOnlineSimulatorOptions } from './options.ts'
import { refuse } from './problem.ts'
import { type AssineOnlineSessionOperation, sessionRoutes } from './session-routes.ts'
import { type AssineOnlineToken, type AssineOnlineTokenSelection, createTokens } from './tokens.ts'
import { type AssineOnlineUserOperation, userRoute } from './user-route.ts'
import { type AssineOnlineApiOperation, type AssineOnlineWorkflow, workflowRoutes } from './workflow-routes.ts'

/** What can be counted, and what a fault can wait for. */
export type AssineOnlineOperation =
  | AssineOnlineSessionOperation
  | AssineOnlineTokenOperation
  | AssineOnlineUserOperation
  | AssineOnlineApiOperation

/** A token that a person made in the web interface. */
export interface AssineOnlinePersonalToken {
  /** What it can be revoked by. */
  readonly id: string
  /** Not enumerable, so that printing it does not show it. */
  readonly accessToken: string
  /** Epoch milliseconds on the simulator's clock. */
  readonly expiresAt: number
}

/** Whose token a person makes, and for how long. */
export interface AssineOnlinePersonalTokenOptions {
  /** @default the first account */
  readonly username?: string | undefined
  /** @default 2_592_000_000 (30 days) */
  readonly lifetimeMs?: number | undefined
}

/** Assine Online, simulated. */
export interface AssineOnlineSimulator extends Simulator<AssineOnlineOperation> {
  /** The first account, as registered. Not enumerable, so that printing the simulator does not show its password. */
  readonly credentials: AssineOnlineAccount
  /** Every token issued so far, sessions included, oldest first: whose it is and when it ends, never what it is. */
  readonly tokens: readonly AssineOnlineToken[]
  /** The workflows created so far: a POST that was applied twice shows here. */
  readonly workflows: readonly AssineOnlineWorkflow[]
  /** How many wrong passwords came, at login and elsewhere: for a user name, or in all. Accounts do not lock here. */
  wrongPasswords(username?: string): number
  /** Registers another account, or changes the password and the type of one. Its tokens live on. */
  register(account: AssineOnlineAccount): void
  /** Stops accepting a user. What Assine Online does with its tokens is undocumented: here they end too. */
  deactivate(username: string): void
  /** Makes an application token as a person does in the web interface. */
  createByPerson(options?: AssineOnlinePersonalTokenOptions): AssineOnlinePersonalToken
  /** Revokes a token by its id, as a person does in the web interface. Returns whether there was one to revoke. */
  revokeByPerson(id: string | number): boolean
  /** Makes the server refuse tokens that it issued: all, if not told otherwise. Returns how many. */
  revoke(selection?: AssineOnlineTokenSelection): number
  /** Ends their life now, without moving the clock. Returns how many. */
  expire(selection?: AssineOnlineTokenSelection): number
  /** Every secret that it accepts or issued, for tests that search an output for them. A user name is a name, not one. */
  revealSecrets(): readonly string[]
}

const DEMONSTRATION_ACCOUNT: AssineOnlineAccount = {
  username: 'user@assine-online.simulator.test',
  password: 'simulated-password',
}

/** Starts an Assine Online of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateAssineOnline = (options: AssineOnlineSimulatorOptions = {}): AssineOnlineSimulator => {
  const basics = basicsOf(options, { credentials: DEMONSTRATION_ACCOUNT, url: 'https://assine-online.simulator.test' })
  const { credentials, clock, random, url } = basics
  const { timezone = 'UTC' } = options
  const linkBase = (options.linksTo ?? url).href.replace(/\/$/, '')
  const now = (): number => clock.now()
  const accounts = createAccounts(now)
  accounts.register(credentials)
  const tokens = createTokens({ clock, random })
  const workflows: AssineOnlineWorkflow[] = []
  const guard = createGuard({ accounts, tokens })

  const routes: readonly Route<AssineOnlineOperation>[] = [
    ...sessionRoutes({
      accounts,
      tokens,
      now,
      lifetimeMs: finiteMs('sessionLifetimeMs', options.sessionLifetimeMs ?? 3_600_000),
      expiresIn: options.expiresIn ?? 'string',
    }),
    ...accessTokenRoutes({
      guard: options.applicationTokensOnTokenCalls === 'accepted' ? guard : sessionsOnly(guard),
      accounts,
      tokens,
      now,
      random,
      timezone,
      linkBase,
      unlistedTokens: options.unlistedTokens ?? 0,
      wrongPasswordStatus: options.wrongPasswordStatus ?? 401,
      notPjStatus: options.notPjStatus ?? 401,
    }),
    userRoute({ guard, linkBase, timezone, absentBusinessUnit: options.absentBusinessUnit ?? 'missing' }),
    ...workflowRoutes(workflows, guard),
  ]
  const reset = (): void => {
    accounts.clear()
    accounts.register(credentials)
    workflows.length = 0
  }
  const behaviour = { routes, refuse, tokens, accounts, secrets: () => accounts.secrets(), reset }
  return simulateIssuer(behaviour, basics, () => ({
    workflows,
    wrongPasswords: (username?: string) => accounts.wrongPasswords(username),
    register: (account: AssineOnlineAccount) => accounts.register(account),
    deactivate: (username: string) => accounts.end(username),
    createByPerson: ({
      username = credentials.username,
      lifetimeMs = 2_592_000_000,
    }: AssineOnlinePersonalTokenOptions = {}) => {
      const account = accounts.get(username)
      if (account === undefined) throw new TypeError(`username: no account ${username} is registered`)
      const expiresAt = now() + finiteMs('lifetimeMs', lifetimeMs)
      const { id, value } = tokens.issue('application', username, expiresAt)
      return Object.defineProperty({ id, accessToken: value, expiresAt }, 'accessToken', { enumerable: false })
    },
    revokeByPerson: (id: string | number) => tokens.revoke({ id: String(id) }) === 1,
  }))
}
