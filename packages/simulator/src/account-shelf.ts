import type { JsonObject } from './json.ts'

/** The accounts that a simulator accepts: integrations, sellers, users or clients, whatever the provider calls them. */
export interface AccountShelf {
  /** What each is known by: a consumer key, a seller's id, a user name, a client's id. None of them is secret. */
  names(): readonly string[]
  /**
   * Accepts an account from now on, and returns its name. The fields are those of the simulator's `credentials`.
   *
   * @throws {TypeError} if a field is missing or isn't what the provider gives out. It names the field, never its value.
   */
  add(credentials: JsonObject): string
  /** Stops accepting an account. */
  end(name: string): void
}

/** Reads the fields of credentials that came as JSON. */
export interface CredentialFields {
  readonly text: (name: string) => string
  readonly optionalText: (name: string) => string | undefined
  readonly flag: (name: string) => boolean | undefined
  readonly texts: (name: string) => readonly string[] | undefined
}

/** @throws {TypeError} for a field that isn't among `known`, here, and for one of another type when it is read. */
export const credentialFields = (credentials: JsonObject, known: readonly string[]): CredentialFields => {
  const stray = Object.keys(credentials).find((name) => !known.includes(name))
  if (stray !== undefined) throw new TypeError(`credentials.${stray}: not a field here; there are ${known.join(', ')}`)
  const optionalText = (name: string): string | undefined => {
    const value = credentials[name]
    if (value === undefined || typeof value === 'string') return value
    throw new TypeError(`credentials.${name}: expected a string`)
  }
  return {
    text: (name) => {
      const value = optionalText(name)
      if (value === undefined) throw new TypeError(`credentials.${name}: required, but missing`)
      return value
    },
    optionalText,
    flag: (name) => {
      const value = credentials[name]
      if (value === undefined || typeof value === 'boolean') return value
      throw new TypeError(`credentials.${name}: expected true or false`)
    },
    texts: (name) => {
      const value = credentials[name]
      if (value === undefined) return undefined
      const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
      if (Array.isArray(value) && texts.length === value.length) return texts
      throw new TypeError(`credentials.${name}: expected a list of strings`)
    },
  }
}
