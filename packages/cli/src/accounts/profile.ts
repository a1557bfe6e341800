import { existsSync } from 'node:fs'
import { link, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStoredText } from '../files/read-file.ts'
import type { Texts } from '../messages/texts.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { StoreKind } from '../stores/open-store.ts'
import { makeFolder } from '../vault/private-files.ts'
import type { KeyReference } from '../vault/sealing-key.ts'
import type { ProfileFolders } from './folders.ts'

/** What a profile is configured with. Nothing in it is secret, so it is plain JSON. */
export interface Profile extends KeyReference {
  readonly v: 1
  /** The URL of a store other than files is kept sealed, because it may hold a password. */
  readonly store: StoreKind
}

/** `undefined`: no account has signed in under this profile yet. */
export async function readProfile(folders: ProfileFolders, texts: Texts): Promise<Profile | undefined> {
  const path = pathOf(folders)
  if (!existsSync(path)) return undefined
  const profile = parsed(await readStoredText(path, texts))
  if (isProfile(profile)) return profile
  throw new Failure(EXIT.storage, 'store', texts.data.badProfile(path))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProfile(value: unknown): value is Profile {
  return typeof value === 'object' && value !== null && 'keyId' in value && 'keyPlace' in value && 'store' in value
}

/** Creates the profile, unless another process was faster: then that one's counts. */
export async function createProfile(folders: ProfileFolders, profile: Profile, texts: Texts): Promise<Profile> {
  const draft = await writeDraft(folders, profile)
  try {
    await link(draft, pathOf(folders))
    return profile
  } catch (error) {
    const winner = await readProfile(folders, texts)
    if (winner === undefined) throw error
    return winner
  } finally {
    await unlink(draft)
  }
}

export async function replaceProfile(folders: ProfileFolders, profile: Profile): Promise<void> {
  await rename(await writeDraft(folders, profile), pathOf(folders))
}

/** Whole or not at all: a name appears only once the file behind it is complete. */
async function writeDraft(folders: ProfileFolders, profile: Profile): Promise<string> {
  await makeFolder(folders.config)
  const draft = `${pathOf(folders)}.${crypto.randomUUID()}`
  await writeFile(draft, `${JSON.stringify(profile, undefined, 2)}\n`, { flag: 'wx', mode: 0o600 })
  return draft
}

function pathOf({ config }: ProfileFolders): string {
  return join(config, 'profile.json')
}
