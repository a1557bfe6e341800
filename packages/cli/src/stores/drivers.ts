import type { SharedStore } from '@chaveiro/core/shared'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'

/** A store and its connection. */
export interface OpenStore {
  readonly store: SharedStore
  /** `false`: it is kept by this process alone, and gone with it. */
  readonly outlivesProcess: boolean
  /** Creates what the store needs at its place. */
  prepare(): Promise<void>
  close(): Promise<void>
}

/** `lasting`: a process that goes on, and uses a connection again after it was lost. */
export type StoreUse = 'brief' | 'lasting'

/** Loads the driver of a store, which is not a dependency: most people keep their tokens in files. */
export async function loadDriver<T>(load: () => Promise<T>, name: string, { texts }: Session): Promise<T> {
  try {
    return await load()
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (!missing) throw error
    throw new Failure(EXIT.storage, 'driver-missing', texts.messages.driverMissing(name))
  }
}
