// GET /v1/user. Facts: the vendor's guide "Gerando um token de aplicação". The document demands the three filters
// literally, `$USER_ID` included; whether its dollar sign is percent-encoded makes no difference to a query.

import { document } from '../generated/assine-online.ts'
import type { Json, JsonObject } from '../json.ts'
import { documentedRoute, type Route } from '../route.ts'
import type { Account } from './accounts.ts'
import type { Guard } from './guard.ts'
import { type AssineOnlineTimezone, phpDate } from './php-date.ts'
import { PAGE_SIZE, USER_NAME } from './token-page.ts'

/** Named as in the document. */
export type AssineOnlineUserOperation = 'readUser'

interface Users {
  readonly guard: Guard
  readonly linkBase: string
  readonly timezone: AssineOnlineTimezone
  /** What an account that is not PJ shows in the place of its organisation. */
  readonly absentBusinessUnit: 'missing' | 'null' | 'empty'
}

export const userRoute = (options: Users): Route<AssineOnlineUserOperation> =>
  documentedRoute(
    document,
    'readUser',
    options.guard((_, { account }) => {
      const href = `${options.linkBase}/v1/user?${FILTERS}`
      return {
        status: 200,
        body: {
          _links: { self: { href: `${href}&page=1` }, first: { href }, last: { href: `${href}&page=1` } },
          _embedded: { user: [user(account, options)] },
          page_count: 1,
          page_size: PAGE_SIZE,
          total_items: 1,
          page: 1,
        },
      }
    }),
  )

const FILTERS = 'filter%5B0%5D%5Bfield%5D=id&filter%5B0%5D%5Btype%5D=eq&filter%5B0%5D%5Bvalue%5D=$USER_ID'

const ADDRESS = { country: 'Brazil', state: 'GO', city: 'Goiânia', address: 'Rua Simulada, 1', zipCode: '00000000' }

const user = (account: Account, { linkBase, timezone, absentBusinessUnit }: Users): JsonObject => ({
  id: account.id,
  username: account.username,
  status: '1',
  name: USER_NAME,
  email: account.username,
  cellphone: '+5500000000000',
  document: '00000000000',
  ...ADDRESS,
  dateCreated: phpDate(account.registeredAt, timezone),
  dateLastUpdated: phpDate(account.registeredAt, timezone),
  _embedded: account.pj ? { businessUnit: businessUnit(linkBase) } : ABSENT[absentBusinessUnit],
  _links: { self: { href: `${linkBase}/v1/user/${account.id}` } },
})

const businessUnit = (linkBase: string): JsonObject => ({
  id: 24,
  name: 'Simulated Organisation',
  document: 'cnpj',
  status: null,
  ...ADDRESS,
  _links: { self: { href: `${linkBase}/v1/business-unit/24` } },
})

const ABSENT: Readonly<Record<Users['absentBusinessUnit'], Json>> = {
  missing: {},
  null: { businessUnit: null },
  empty: { businessUnit: {} },
}
