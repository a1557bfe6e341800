import type { Input, IssuedLifecycle } from './lifecycle.ts'
import { issuedSchemes, type SpecModel } from './spec.ts'

/** What fills in a variable of a server's URL. */
export interface ServerVariable {
  /** The input's name, under which a program passes the value. */
  readonly name: string
  readonly input: Input
}

/** By the name that the servers have for it. All lifecycles bind the same, because users choose a server once. */
export function serverVariables(model: SpecModel): ReadonlyMap<string, ServerVariable> {
  return new Map(
    issuedSchemes(model).flatMap(({ lifecycle: { variables = {}, inputs } }) =>
      Object.entries(variables).flatMap(([variable, text]) => {
        const name = inputName(text)
        const input = inputs[name]
        return input === undefined ? [] : [[variable, { name, input }] as const]
      }),
    ),
  )
}

/** The inputs that are part of the server. */
export function variableInputs({ variables = {} }: IssuedLifecycle): readonly string[] {
  return Object.values(variables).map(inputName)
}

/** A URL's variables, `{shop}`, by name. */
export function variablesIn(url: string): readonly string[] {
  return [...url.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
}

/** The URL with the names under which programs pass the values. */
export function withInputNames(model: SpecModel, url: string): string {
  const variables = serverVariables(model)
  return url.replace(/\{([^{}]*)\}/g, (braces, name: string) => {
    const variable = variables.get(name)
    return variable === undefined ? braces : `{${variable.name}}`
  })
}

function inputName(text: string): string {
  return text.replace('$inputs.', '')
}
