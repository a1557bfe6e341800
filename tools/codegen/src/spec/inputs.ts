import { parentsOf } from './call-security.ts'
import { durationMs } from './duration.ts'
import type { Input } from './lifecycle.ts'
import { variableInputs } from './server-variables.ts'
import { type IssuedScheme, issuedSchemes, type SpecModel } from './spec.ts'

/** Inputs by the name under which a user passes them. */
export type NamedInputs = ReadonlyMap<string, Input>

/** The name under which a user passes an input, with its unit. */
export function memberName(name: string, { kind }: Input): string {
  return kind === 'duration' ? `${name}Ms` : name
}

/** What the user gets who passes nothing: milliseconds for a duration. */
export function defaultValue({ kind, default: fallback }: Input): string | number | undefined {
  return kind === 'duration' && fallback !== undefined ? durationMs(fallback) : fallback
}

/** The inputs of all schemes: one object configures an account. */
export function allInputs(model: SpecModel): NamedInputs {
  return named(issuedSchemes(model))
}

/** What one scheme's tokens take, its parents' tokens included. */
export function inputsOf(model: SpecModel, scheme: IssuedScheme): NamedInputs {
  const needed = new Set<IssuedScheme>()
  const collect = (one: IssuedScheme): void => {
    if ([...needed].some(({ name }) => name === one.name)) return
    needed.add(one)
    parentsOf(model, one).forEach(collect)
  }
  collect(scheme)
  const names = [...needed].map(({ name }) => name)
  // In the order of the document, for every scheme.
  return named(issuedSchemes(model).filter(({ name }) => names.includes(name)))
}

function named(schemes: readonly IssuedScheme[]): NamedInputs {
  return new Map(
    schemes.flatMap(({ lifecycle }) =>
      Object.entries(lifecycle.inputs)
        // Those are given with the server, so an account has no second one that could differ.
        .filter(([name]) => !variableInputs(lifecycle).includes(name))
        .map(([name, input]) => [memberName(name, input), input] as const),
    ),
  )
}
