import { reveal, type SecretInput } from '../secret.ts'

/** The fields without those that were not given: `undefined` and `''`. For inputs that may be left out. */
export function given<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const copy: { [Name in keyof T]?: Exclude<T[Name], undefined> } = { ...fields }
  for (const name in copy) if (isOmitted(copy[name])) delete copy[name]
  return copy
}

/** Like `reveal()`, of a secret that may be left out. */
export async function revealGiven(input: SecretInput | undefined): Promise<string | undefined> {
  return input === undefined ? undefined : reveal(input)
}

function isOmitted(value: unknown): boolean {
  return value === undefined || value === ''
}
