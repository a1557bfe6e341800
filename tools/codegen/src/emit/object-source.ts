import type { AuthorKit } from './author-kit.ts'

/** A member of an emitted object. */
export interface Field {
  /** The names from the object's root. */
  readonly path: readonly string[]
  readonly source: string
  /** Left out where its value is missing. */
  readonly isOptional: boolean
}

/** The source of an object: nested where paths are, with what may be missing at its end. */
export function objectSource(kit: AuthorKit, fields: readonly Field[]): string {
  const names = [...new Set(fields.map(({ path }) => path[0] ?? ''))]
  const members = names.flatMap((name) => {
    const own = fields.filter(({ path }) => path[0] === name)
    const [first] = own
    if (first?.path.length === 1) return first.isOptional ? [] : [member(name, first.source)]
    return [
      member(
        name,
        objectSource(
          kit,
          own.map((field) => ({ ...field, path: field.path.slice(1) })),
        ),
      ),
    ]
  })
  const optional = fields
    .filter(({ path, isOptional }) => isOptional && path.length === 1)
    .map(({ path, source }) => member(path[0] ?? '', source))
  const rest = optional.length === 0 ? undefined : `${kit.use('given')}({ ${optional.join(', ')} })`
  if (members.length === 0) return rest ?? '{}'
  return `{ ${[...members, ...(rest === undefined ? [] : [`...${rest}`])].join(', ')} }`
}

function member(name: string, source: string): string {
  return name === source ? name : `${JSON.stringify(name)}: ${source}`
}
