import type { DeviceCalls } from '../provider/device-calls.ts'
import type { OperationFact } from '../provider/facts.ts'
import { baseUrlOf } from '../provider/server.ts'

/** For a provider's `deviceCalls`: `source.fetch` refuses operations that only a customer's own device may call. */
export function refuseDeviceCalls(): DeviceCalls {
  return {
    guard({ id: provider, server, operations = {} }) {
      const guarded = Object.entries(operations)
        .filter(([, operation]) => operation.device === true)
        .map(([id, operation]) => ({ id, method: operation.method, at: addressOf(server, operation) }))
      return (method, { origin, pathname }) => {
        const address = origin + pathname
        const found = guarded.find((one) => one.method === method.toUpperCase() && one.at.test(address))
        if (found !== undefined) throw deviceCallError(provider, found.id)
      }
    },
  }
}

/** The error of a server that tries it. */
export function deviceCallError(provider: string, operation: string): TypeError {
  return new TypeError(
    `${provider}: ${operation} is for the customer’s own device. What it takes must not pass through a server.`,
  )
}

function addressOf(server: URL, { path }: OperationFact): RegExp {
  const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const parts = path.split(/\{[^}]*\}/).map(literal)
  return new RegExp(`^${literal(baseUrlOf(server))}${parts.join('[^/]+')}/?$`)
}
