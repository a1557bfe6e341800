import type { BitizeSimulator } from '@chaveiro/simulator'
import type { AxiosInstance } from 'axios'
import { vi } from 'vitest'
import type { InterceptorSettings } from '../../../recipes/axios-interceptor/interceptor.ts'
import { type BitizeForTest, bitizeForTest } from './bitize.ts'

type Tokens = NonNullable<Awaited<ReturnType<InterceptorSettings['load']>>>

/** The table of the interceptor's users: one row. */
interface Row {
  tokens: Tokens | undefined
  /** How many of the next saves fail. */
  failures: number
}

/** A simulated Bitize, and processes that run the interceptor against it. */
export interface InterceptorWorld extends BitizeForTest {
  /** The row of the first account. */
  readonly row: Row
  /** axios in the first process. */
  readonly api: AxiosInstance
  /** axios for another account of the first process. */
  readonly another: (keys: BitizeSimulator['credentials']) => AxiosInstance
  /** axios for the first account in another process: a module has its variables to itself in each. */
  readonly elsewhere: () => Promise<AxiosInstance>
}

export async function interceptorWorld(): Promise<InterceptorWorld> {
  const bitize = await bitizeForTest()
  const row: Row = { tokens: undefined, failures: 0 }
  const settings = (of: Row, keys = bitize.simulator.credentials): InterceptorSettings => ({
    ...keys,
    baseURL: bitize.url.origin,
    retryDelayMs: 0,
    load: async () => of.tokens,
    async save(tokens) {
      if (of.failures > 0) {
        of.failures -= 1
        throw new Error('the database is away')
      }
      of.tokens = tokens
    },
  })
  const newProcess = () => {
    vi.resetModules()
    return import('../../../recipes/axios-interceptor/interceptor.ts')
  }
  const { createApi } = await newProcess()
  return {
    ...bitize,
    row,
    api: createApi(settings(row)),
    another: (keys) => createApi(settings({ tokens: undefined, failures: 0 }, keys)),
    elsewhere: async () => (await newProcess()).createApi(settings(row)),
  }
}
