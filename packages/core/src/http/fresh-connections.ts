import { hasMethod, isObject } from '../brands.ts'
import { type Fetch, platformFetch } from './fetch.ts'

/** The platform's fetch over connections that carried nothing before. */
export interface FreshConnections {
  readonly fetch: Fetch
  close(): Promise<void>
}

interface Dispatcher {
  close(): Promise<void>
}

// Node keeps there what its fetch sends with (nodejs/undici, lib/global.js); other platforms have nothing there.
const GLOBAL_DISPATCHER = Symbol.for('undici.globalDispatcher.1')

/**
 * A process that was frozen wakes up with several dead kept-alive connections, and a repeat over the next of them would
 * fail like the first call. Elsewhere than on Node, and behind a dispatcher that the user chose, such as a proxy's, a
 * repeat is an ordinary call.
 */
export function freshConnections(): FreshConnections {
  let dispatcher: Dispatcher | undefined
  let model: unknown
  return {
    fetch(input, init) {
      const agent: unknown = Reflect.get(globalThis, GLOBAL_DISPATCHER)
      if (agent !== model) {
        // The user may choose another one at any time.
        void dispatcher?.close()
        dispatcher = unusedAgent(agent)
        model = agent
      }
      const options: RequestInit & { dispatcher?: unknown } = dispatcher ? { ...init, dispatcher } : { ...init }
      return platformFetch(input, options)
    },
    close: async () => dispatcher?.close(),
  }
}

/** An agent like Node's own, with the same options, that keeps no connection. */
function unusedAgent(agent: unknown): Dispatcher | undefined {
  if (!isObject(agent)) return undefined
  const { constructor: Agent } = agent
  // A proxy's agent, a mock, and one with interceptors do more than to connect.
  if (Agent.name !== 'Agent' || Reflect.get(agent, 'dispatch') !== Reflect.get(Agent.prototype, 'dispatch'))
    return undefined
  const kept = (name: string): unknown => {
    const key = Object.getOwnPropertySymbols(agent).find(({ description }) => description === name)
    return key && Reflect.get(agent, key)
  }
  const options = kept('options')
  if (!isObject(options)) return undefined
  const made: unknown = Reflect.construct(Agent, [{ ...options, factory: kept('factory'), pipelining: 0 }])
  return isDispatcher(made) ? made : undefined
}

function isDispatcher(value: unknown): value is Dispatcher {
  return hasMethod(value, 'close')
}
