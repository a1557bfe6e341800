import type { InputFact } from '@chaveiro/core/provider'
import { UsageError } from './usage-error.ts'

/** The inputs of an account from the variables that its spec names. The command reads them; the libraries never do. */
export function inputsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  title: string,
  facts: Readonly<Record<string, InputFact>>,
): Record<string, string> {
  const inputs: Record<string, string> = {}
  const missing: string[] = []
  for (const [name, fact] of Object.entries(facts)) {
    const value = fact.env === undefined ? undefined : environment[fact.env]
    if (value) inputs[name] = value
    else if (fact.default === undefined) missing.push(`  ${fact.env ?? name}   ${fact.description}`)
  }
  if (missing.length === 0) return inputs
  throw new UsageError(`${title} needs credentials. Set in the environment:\n${missing.join('\n')}`)
}
