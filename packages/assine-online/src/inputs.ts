import { type InputFact, isSecret, type SecretInput } from '@chaveiro/core/provider'
import { facts } from './generated/facts.ts'
import type { AssineOnlineInputs as GeneratedInputs } from './generated/provider.ts'

/** With a user's name and password: logs in, makes application tokens and replaces them, without a person. */
export interface AssineOnlineLogin {
  /** The e-mail address with which the user logs in. It names the account. */
  username: string
  /** The same user's password. It opens sessions, and confirms each new application token. */
  password: SecretInput
  /**
   * How long an application token that is made shall live, in milliseconds. A random part of up to an hour, and at most
   * 5%, is taken off.
   * @default 2_592_000_000 (30 days)
   */
  lifetimeMs?: number | undefined
  /** Of another way in. */
  sessionToken?: undefined
  /** Of another way in. */
  applicationToken?: undefined
  /** Of another way in. */
  expiresAt?: undefined
  /** Of another way in. */
  id?: undefined
}

/** With a session opened elsewhere: makes application tokens for as long as that session lives. */
export interface AssineOnlineSession extends Omit<AssineOnlineLogin, 'username' | 'sessionToken'> {
  /** The token of a session, as a login gave it. As a function, it is read again when another one is needed. */
  sessionToken: SecretInput
  /** Of another way in. */
  username?: undefined
}

/** With an application token made elsewhere: it is used and watched, and never revoked on its own. */
export interface AssineOnlineToken {
  /** The application token. As a function, it is read again when another one is needed. */
  applicationToken: SecretInput
  /** When it ends, in epoch milliseconds: a warning comes before that. @default unknown, used until it is refused */
  expiresAt?: number | undefined
  /** Its id in the list, where you know it. */
  id?: string | undefined
  /** Of another way in. */
  username?: undefined
  /** Of another way in. */
  password?: undefined
  /** Of another way in. */
  sessionToken?: undefined
  /** Of another way in. */
  lifetimeMs?: undefined
}

/** The three ways in. */
export type AssineOnlineInputs = AssineOnlineLogin | AssineOnlineSession | AssineOnlineToken

/** The two ways in that make application tokens. */
export type Minting = AssineOnlineLogin | AssineOnlineSession

/** What the generated calls take. What another way in lacks, they do not send. */
export function loginOf({ username = '', password = '', lifetimeMs }: AssineOnlineInputs): GeneratedInputs {
  return { username, password, lifetimeMs }
}

/** The inputs of all three. Which belong together, {@link unfitting} says. */
export const INPUTS: Readonly<Record<string, InputFact>> = {
  username: { ...facts.inputs.username, optional: true },
  password: { ...facts.inputs.password, optional: true },
  lifetimeMs: facts.inputs.lifetimeMs,
  sessionToken: {
    description: 'The token of a session that was opened elsewhere.',
    secret: true,
    optional: true,
    env: 'ASSINE_ONLINE_SESSION_TOKEN',
  },
  applicationToken: {
    description: 'An application token that was made elsewhere.',
    secret: true,
    optional: true,
    env: 'ASSINE_ONLINE_APPLICATION_TOKEN',
  },
  expiresAt: { description: 'When that application token ends, in epoch milliseconds.', optional: true },
  id: { description: 'The id of that application token in the list.', optional: true },
}

const WAYS = [['username', 'password'], ['sessionToken', 'password'], ['applicationToken']] as const

/** A sentence about inputs that match none of the three sign-in methods, or more than one. Types say the same; JavaScript does not. */
export function unfitting(inputs: object): string | undefined {
  const given = (name: string): boolean => {
    const value: unknown = Reflect.get(inputs, name)
    const text = isSecret(value) ? value.reveal() : value
    return text !== undefined && text !== null && text !== ''
  }
  const named = ['username', 'sessionToken', 'applicationToken'].filter(given)
  const way = WAYS.find(([first]) => first === named[0])
  const isComplete = way?.every(given)
  const hasStranger = way?.length === 1 && given('password')
  if (named.length === 1 && isComplete && !hasStranger) return undefined
  const wishes = WAYS.map(
    (names) => `{ ${names.map((name) => `${name}: process.env.${INPUTS[name]?.env}`).join(', ')} }`,
  )
  const what = named.length > 1 ? `${named.join(' and ')} are two ways in` : 'The inputs are incomplete or do not fit'
  return `${what}. Pass one of ${wishes.join(', ')}.`
}
