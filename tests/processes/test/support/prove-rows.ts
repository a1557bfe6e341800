import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { type FleetRow, witness } from './fleet-row.ts'
import type { Place } from './places.ts'

/** Each row with `resendUnknown: 'never'`, and with `'once'`. */
export function proveRows<P extends Place>(rows: readonly FleetRow<P>[]): void {
  for (const row of rows) {
    describeWith(row.needs, `${row.id} ${row.goesWrong}`, () => {
      it.each(['never', 'once'] as const)("keeps its promise with resendUnknown: '%s'", async (resendUnknown) => {
        const promised = row.promised[resendUnknown]
        const outcome = await witness(row, resendUnknown)
        const signedOut = { 'not needed': 'none', 'may be needed': outcome.signedOut, needed: 'all' }[promised.signIn]
        const sent = Math.min(outcome.sent, promised.sent)
        expect(outcome).toEqual({ sent, signedOut, expired: 0, failed: 0, stillFailing: 0 })
      })
    })
  }
}
