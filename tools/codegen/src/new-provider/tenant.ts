import { PLACEHOLDER } from './flows.ts'
import type { PlannedTenant } from './plan.ts'

// What every provider has under these names is something else.
const OPTIONS = ['account', 'server', 'store', 'fetch', 'retry', 'clock', 'random', 'namespace']

/** A part of the servers' URLs that each user has of their own, by the name that the vendor has for it. */
export function tenantOf(variable: string, mark: string): PlannedTenant {
  const words = variable.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string = '') => letter.toUpperCase())
  const name = words.charAt(0).toLowerCase() + words.slice(1)
  return { variable, name: /^[a-z]/.test(name) && !OPTIONS.includes(name) ? name : 'tenant', mark }
}

/** Its input, as the spec has it among the inputs of a lifecycle. */
export function tenantInput({ name, mark }: PlannedTenant): string {
  return `          ${name}: # ${mark}
            description: "${PLACEHOLDER}: what it is in the server's address, and where a user finds it."
            x-description-pt-BR: "${PLACEHOLDER}: the same in Portuguese."
            secret: false
            pattern: "^[a-z0-9-]{1,63}$" # ${PLACEHOLDER}: what the vendor allows
`
}

/** The word of a lifecycle that fills it into the servers' URLs. */
export function tenantVariables({ variable, name }: PlannedTenant): string {
  return `        variables: { ${JSON.stringify(variable)}: $inputs.${name} }\n`
}

/** A URL whose braces don't keep it from being taken apart. */
export function withoutBraces(url: string): string {
  return url.replace(/[{}]/g, '')
}
