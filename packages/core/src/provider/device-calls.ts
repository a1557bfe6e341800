import type { OperationFact } from './facts.ts'

/** Throws a TypeError where a call is one that only a customer's own device may make. */
type RefuseDeviceCall = (method: string, url: URL) => void

/** Keeps from a server what only a customer's own device may send: what `refuseDeviceCalls()` returns. */
export interface DeviceCalls {
  guard(provider: {
    readonly id: string
    readonly server: URL
    readonly operations?: Readonly<Record<string, OperationFact>> | undefined
  }): RefuseDeviceCall
}
