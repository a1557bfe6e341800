import { type AccountShelf, credentialFields } from '../account-shelf.ts'

/** A user of Assine Online. */
export interface AssineOnlineAccount {
  /** An e-mail address. */
  readonly username: string
  /** The password of the user. */
  readonly password: string
  /**
   * Whether it belongs to an organisation: only such an account makes application tokens.
   *
   * @default true
   */
  readonly pj?: boolean | undefined
}

/** A registered account. */
export interface Account {
  /** The user's id. The first one is the example's. */
  readonly id: number
  readonly username: string
  readonly registeredAt: number
  password: string
  pj: boolean
}

export interface Accounts extends AccountShelf {
  register(account: AssineOnlineAccount): void
  get(username: string): Account | undefined
  /** Compares a password, and counts those that are wrong. */
  hasPassword(username: string, password: string | undefined): boolean
  /** How many were wrong: for a user name, or in all. */
  wrongPasswords(username?: string): number
  secrets(): readonly string[]
  /** Forgets every account, and the wrong passwords. */
  clear(): void
}

/** The accounts that have registered. Whether one locks after wrong passwords is undocumented: they are only counted. */
export const createAccounts = (now: () => number): Accounts => {
  const accounts = new Map<string, Account>()
  const passwords = new Set<string>()
  const wrong = new Map<string, number>()

  let registered = 0

  const register = ({ username, password, pj = true }: AssineOnlineAccount): void => {
    if (username === '') throw new TypeError('username: expected the e-mail address of a user')
    if (password === '') throw new TypeError('password: expected a password')
    passwords.add(password)
    const known = accounts.get(username)
    if (known === undefined) registered += 1
    const { id = 473 + registered, registeredAt = now() } = known ?? {}
    accounts.set(username, { id, username, registeredAt, password, pj })
  }

  return {
    register,
    names: () => [...accounts.keys()],
    add: (json) => {
      const { text, flag } = credentialFields(json, ['username', 'password', 'pj'])
      const username = text('username')
      register({ username, password: text('password'), pj: flag('pj') })
      return username
    },
    end: (username) => {
      accounts.delete(username)
    },
    get: (username) => accounts.get(username),
    hasPassword: (username, password) => {
      if (password !== undefined && accounts.get(username)?.password === password) return true
      wrong.set(username, (wrong.get(username) ?? 0) + 1)
      return false
    },
    wrongPasswords: (username) =>
      username === undefined ? [...wrong.values()].reduce((sum, count) => sum + count, 0) : (wrong.get(username) ?? 0),
    secrets: () => [...passwords],
    clear: () => {
      for (const known of [accounts, passwords, wrong]) known.clear()
      registered = 0
    },
  }
}
