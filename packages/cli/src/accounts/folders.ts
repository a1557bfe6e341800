import { join } from 'node:path'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { homeFolders } from './home-folders.ts'

/** Where a profile lives. The key and what it seals are in different trees, so that one backup rarely holds both. */
export interface ProfileFolders {
  /** `profile.json`, and `sealing-key` where there is no keychain. */
  readonly config: string
  /** The inputs of the accounts, sealed. */
  readonly accounts: string
  /** Their tokens, sealed, unless the profile has another store. */
  readonly tokens: string
  /** When accounts were refreshed and what failed last: nothing secret. */
  readonly journal: string
}

export function profileFolders({ profile, env, texts }: Pick<Session, 'profile' | 'env' | 'texts'>): ProfileFolders {
  if (!NAME.test(profile)) throw new Failure(EXIT.usage, 'usage', texts.messages.badName('--profile', profile))
  const { config, data } = homeFolders(env, texts)
  const place = join(data, 'profiles', profile)
  return {
    config: join(config, 'profiles', profile),
    accounts: join(place, 'accounts'),
    tokens: join(place, 'tokens'),
    journal: join(place, 'journal'),
  }
}

/** A name that is the same on every file system, case aside, and needs no quotes in a shell. */
export const NAME: RegExp = /^[a-z0-9][\w.@+-]{0,63}$/i
