import { onTestFinished } from 'vitest'
import { type NodeFetch, type NodeFetchOptions, nodeFetch } from '../../src/node/index.ts'

/** A `nodeFetch()` that is closed with the test. */
export function ownFetch(options?: NodeFetchOptions): NodeFetch {
  const fetch = nodeFetch(options)
  onTestFinished(() => fetch.close())
  return fetch
}
