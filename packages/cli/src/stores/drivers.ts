import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import type { Session } from '../program/session.ts'

/** Loads the driver of a store, which is not a dependency: most people keep their tokens in files. */
export async function loadDriver<T>(load: () => Promise<T>, name: string, { texts }: Session): Promise<T> {
  try {
    return await load()
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (!missing) throw error
    throw new Failure(EXIT.storage, 'driver-missing', texts.talk.driverMissing(name))
  }
}
