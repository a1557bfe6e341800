import { expectData, malformed, type TypedClient } from '@chaveiro/core/provider'
import { answered } from './answers.ts'
import type { components, paths } from './generated/schema.ts'
import { organisationOf } from './quirks.ts'

/** A user as Assine Online shows it. No field is promised by any document. */
export type AssineOnlineUser = components['schemas']['User']

/**
 * The user to whom the token belongs. `$USER_ID` is sent as these eight characters: the server puts the id in their place
 * (A03, specs/assine-online/SOURCES.md).
 * @throws {ChaveiroError} `malformed-response` when the answer holds no user.
 */
export async function readUser(api: TypedClient<paths>): Promise<AssineOnlineUser> {
  const query = { 'filter[0][field]': 'id', 'filter[0][type]': 'eq', 'filter[0][value]': '$USER_ID' } as const
  // A client that encodes sends %24USER_ID; every document sends the dollar itself.
  const answer = api.GET('/v1/user', { params: { query }, querySerializer: { allowReserved: true } })
  const { _embedded } = await answered('show the user', expectData('readUser', answer))
  const [user] = Array.isArray(_embedded?.user) ? _embedded.user : []
  if (user === undefined) throw malformed('no user')
  return user
}

/** May this account have application tokens? Only one of an organisation (PJ) may, and shows it (A04). */
export async function mayHaveApplicationTokens(api: TypedClient<paths>): Promise<boolean> {
  return organisationOf(await readUser(api)) !== undefined
}
