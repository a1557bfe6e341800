import { type AccountShelf, credentialFields } from '../account-shelf.ts'

/** A user of Meu Correios, with a posting card of its contract. */
export interface CorreiosCredentials {
  /** The user. */
  readonly username: string
  /** The access code of the APIs. */
  readonly accessCode: string
  /** The number of the posting card. */
  readonly postingCard: string
  /** The number of the contract that the card belongs to. */
  readonly contract: string
}

export interface Users extends AccountShelf {
  register(credentials: CorreiosCredentials): void
  /** The user whose access code an Authorization header brings. */
  find(authorization: string | null): CorreiosCredentials | undefined
  secrets(): readonly string[]
  /** Forgets every user. */
  clear(): void
}

/** The users that are accepted. */
export const createUsers = (): Users => {
  const users = new Map<string, CorreiosCredentials>()
  const secrets = new Set<string>()
  const register = (user: CorreiosCredentials): void => {
    if (user.username === '') throw new TypeError('username: expected a user of Meu Correios')
    if (user.accessCode === '') throw new TypeError('accessCode: expected an access code')
    users.set(user.username, user)
    secrets.add(user.accessCode)
  }
  return {
    register,
    find: (authorization) => [...users.values()].find((user) => basic(user) === authorization),
    names: () => [...users.keys()],
    add: (json) => {
      const { text } = credentialFields(json, ['username', 'accessCode', 'postingCard', 'contract'])
      const username = text('username')
      register({
        username,
        accessCode: text('accessCode'),
        postingCard: text('postingCard'),
        contract: text('contract'),
      })
      return username
    },
    end: (username) => {
      users.delete(username)
    },
    secrets: () => [...secrets],
    clear: () => {
      users.clear()
      secrets.clear()
    },
  }
}

const basic = ({ username, accessCode }: CorreiosCredentials): string =>
  `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${accessCode}`)))}`
