import type { AccountRef } from '../account-ref.ts'
import { OPEN_GATE } from '../policies/endpoint-gate.ts'
import { keyOf, SoleAccount } from './accounts.ts'
import type { Scale } from './manager.ts'

/** The scale of a manager that has one account. */
export function oneAccount(account: AccountRef): Scale {
  return {
    accounts: (open) => new SoleAccount(open(account, keyOf(account), undefined)),
    gate: () => OPEN_GATE,
  }
}
