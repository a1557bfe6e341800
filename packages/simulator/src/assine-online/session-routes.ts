// POST /oauth and POST /oauth/revoke. Facts: the vendor's pages "Sessão" and "Quick start".

import type { Answer } from '../answer.ts'
import { document } from '../generated/assine-online.ts'
import type { Call } from '../incoming-request.ts'
import { textIn } from '../json.ts'
import { documentedRoute, type Route } from '../route.ts'
import type { Accounts } from './accounts.ts'
import { invalidGrant, refuse } from './problem.ts'
import type { Tokens } from './tokens.ts'

/** The operations of a session, named as in the document. */
export type AssineOnlineSessionOperation = 'login' | 'revokeToken'

interface Sessions {
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly now: () => number
  readonly lifetimeMs: number
  readonly expiresIn: 'number' | 'string'
}

export const sessionRoutes = (sessions: Sessions): readonly Route<AssineOnlineSessionOperation>[] => [
  documentedRoute(document, 'login', ({ body }) => login(body, sessions)),
  documentedRoute(document, 'revokeToken', ({ body }) => {
    const token = sessions.tokens.find(textIn(body, 'token') ?? '')
    // "Você estará fazendo logout": a session ends. That an application token does too is undocumented, so it does not.
    if (token?.kind === 'session') sessions.tokens.revoke({ id: token.id })
    // The answer is undocumented. RFC 7009 §2.2 has 200, to an unknown token too, and a body that is to be ignored.
    return { status: 200 }
  }),
]

const login = (body: Call['body'], { accounts, tokens, now, lifetimeMs, expiresIn }: Sessions): Answer => {
  // "padrão: app". What another client is answered is undocumented.
  if (textIn(body, 'client_id') !== 'app' || textIn(body, 'client_secret') !== 'app') {
    return refuse(400, 'body.client_id and body.client_secret: unknown')
  }
  const username = textIn(body, 'username') ?? ''
  const isRight = accounts.hasPassword(username, textIn(body, 'password'))
  const account = accounts.get(username)
  if (!isRight || account === undefined) return invalidGrant()
  const session = tokens.issue('session', username, now() + lifetimeMs)
  const seconds = Math.floor(lifetimeMs / 1_000)
  return {
    status: 200,
    body: {
      access_token: session.value,
      expires_in: expiresIn === 'string' ? String(seconds) : seconds,
      token_type: 'Bearer',
      scope: '',
      // Every example has one, and no document a call that takes it: neither does the simulator.
      refresh_token: tokens.loneValue(),
    },
  }
}
