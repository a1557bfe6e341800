import type { Fetch } from '@chaveiro/core'
import type { Scheduler } from 'fast-check'
import { status } from '../support/scripted-issuer.ts'
import type { Host } from './host.ts'
import { type ModelApi, modelApi } from './model-api.ts'
import { carriesSecret, network, SERVER } from './network.ts'
import { ACCOUNTS, type Account, type Illness, type IssuerFault, isSeller, type Setup } from './setup.ts'
import { type CallEnd, inTransit, type Outcome } from './token-answers.ts'
import { idOf, type Maker, type TokenBooks, tokenBooks } from './token-books.ts'

/** A token call, as it left. */
export interface TokenCall {
  readonly account: Account
  /** `undefined`: an acquire. */
  readonly refreshToken: string | undefined
  /** When the token is to end, where the client chooses. */
  readonly end: number | undefined
}

/** Hears what the issuer and its API do. */
export interface IssuerWatch {
  /** Returns what to call when the call has ended for its sender. `given`: what can be read in the answer. */
  onSend(host: Host, call: TokenCall): (end: CallEnd, given?: Outcome['tokens']) => void
  onRevoke(host: Host, accessToken: string, maker: Maker): void
  /** The API answered 401, perhaps to a token of this account. */
  onRefused(host: Host, account: Account): void
  /** A request arrived where the provider's code never sends one. */
  onStray(host: Host, request: Request, isSecret: boolean): void
  /** What became of an API call, which its `x-call` names. */
  onApiRequest(host: Host, id: string, method: string): void
  onApiRejected(host: Host, id: string): void
  onApiApplied(id: string): void
}

/** The provider's side: an OAuth-like issuer with an API behind it, which misbehaves as it is told. */
export interface ModelIssuer extends Pick<TokenBooks, 'accountOf' | 'isOrphan' | 'isInForce'> {
  readonly api: ModelApi
  /** What goes wrong with the next calls of the two accounts, in order. */
  readonly faults: IssuerFault[]
  /** What every token call of these neighbours meets. */
  readonly illnesses: Map<Account, Illness>
  fetchOf(host: Host): Fetch
  /** Signs a person in elsewhere. */
  signIn(account: Account): { accessToken: string; refreshToken?: string }
}

export function modelIssuer(setup: Setup, scheduler: Scheduler, now: () => number, watch: IssuerWatch): ModelIssuer {
  const books = tokenBooks(setup, now)

  const answerTo = (call: TokenCall): Outcome => {
    const { account } = call
    const fault = isSeller(account) ? issuer.faults.shift() : issuer.illnesses.get(account)
    return inTransit(fault, () => books.apply(call, fault === 'keeps-refresh-token'))
  }
  const token = async (host: Host, request: Request): Promise<Response> => {
    const fields: { refresh?: string; key?: string; end?: number } = JSON.parse(await request.text())
    const { refresh, key = '', end } = fields
    const account = books.accountOfRefreshToken(refresh) ?? books.accountOfKey(key) ?? 'north'
    const onEnd = watch.onSend(host, { account, refreshToken: refresh, end })
    const arrived = untilAborted(request.signal, async () => {
      await scheduler.schedule(Promise.resolve(), `${host.name}: ${refresh ? 'refresh' : 'acquire'} ${account}`)
      // A client that has hung up gets nothing, and its request is not read.
      if (request.signal.aborted || host.isDead) return new Promise<Outcome>(() => {})
      const outcome = answerTo({ account, refreshToken: refresh, end })
      await scheduler.schedule(Promise.resolve(), `${host.name}: answered`)
      await host.running()
      return outcome.answer === undefined ? new Promise<Outcome>(() => {}) : outcome
    })
    const outcome = await arrived.catch((error: unknown): Outcome => {
      onEnd('lost')
      throw error
    })
    onEnd(outcome.end, outcome.tokens)
    if (outcome.end === 'answered' && end !== undefined) books.deliver(end)
    if (outcome.answer instanceof Response) return outcome.answer
    throw outcome.answer
  }
  const revoke = async (host: Host, request: Request): Promise<Response> => {
    const { revoke: given }: { revoke: string } = JSON.parse(await request.text())
    const known = books.find(given)
    if (known) watch.onRevoke(host, known.accessToken, known.maker)
    await scheduler.schedule(Promise.resolve(), `${host.name}: revoke`)
    if (known) known.isRevoked = true
    await host.running()
    return status(200)
  }
  const list = async (host: Host, request: Request): Promise<Response> => {
    const { key }: { key: string } = JSON.parse(await request.text())
    await scheduler.schedule(Promise.resolve(), `${host.name}: list`)
    const alive = books.list(host, key)
    await host.running()
    return Response.json(alive.map(({ accessToken, endsAt }) => ({ id: idOf(accessToken), end: endsAt })))
  }
  const api = modelApi(scheduler, books.isGood, {
    onRequest: (host, id, method) => watch.onApiRequest(host, id, method),
    onApplied: (id) => watch.onApiApplied(id),
    onRejected(host, id, accessToken) {
      const known = books.accountOf(accessToken)
      for (const account of ACCOUNTS) if (known === undefined || known === account) watch.onRefused(host, account)
      watch.onApiRejected(host, id)
    },
  })
  const answerOf = async (host: Host, request: Request): Promise<Response> => {
    const { pathname, origin } = new URL(request.url)
    if (origin === SERVER.origin && pathname === '/token') return token(host, request)
    if (origin === SERVER.origin && pathname === '/list') return list(host, request)
    if (origin === SERVER.origin && pathname === '/revoke') return revoke(host, request)
    if (origin === SERVER.origin && pathname.startsWith('/api')) return api.answer(host, request)
    watch.onStray(host, request, await carriesSecret(request))
    return status(200)
  }
  const issuer: ModelIssuer = {
    api,
    faults: [],
    illnesses: new Map(),
    fetchOf: (host) => network((request) => answerOf(host, request)),
    signIn(account) {
      const family = books.begin(account)
      return {
        accessToken: books.newToken(family, 'person'),
        ...(family.refreshToken && { refreshToken: family.refreshToken }),
      }
    },
    isOrphan: books.isOrphan,
    isInForce: books.isInForce,
    accountOf: books.accountOf,
  }
  return issuer
}

/** As a fetch does: the caller hears of the abort, whatever becomes of the answer. */
function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work().then(resolve, reject)
  })
}
