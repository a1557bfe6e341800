import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../vault/make-folder.ts'
import type { KeyPlace } from '../vault/sealing-key.ts'
import type { ProfileFolders } from './folders.ts'

/** What a profile is configured with. Nothing in it is secret, so it is plain JSON. */
export interface Profile {
  readonly v: 1
  /** Names the sealing key in what it sealed. */
  readonly keyId: string
  readonly keyPlace: KeyPlace
  /** The URL of a store other than files is kept sealed, because it may hold a password. */
  readonly store: StoreKind
}

export type StoreKind = 'file' | 'redis' | 'postgres'

/** `undefined`: nobody has signed in under this profile yet. */
export async function readProfile(folders: ProfileFolders): Promise<Profile | undefined> {
  try {
    return JSON.parse(await readFile(pathOf(folders), 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Creates the profile, unless somebody was faster: then that one's counts. */
export async function createProfile(folders: ProfileFolders, profile: Profile): Promise<Profile> {
  const draft = await writeDraft(folders, profile)
  try {
    await link(draft, pathOf(folders))
    return profile
  } catch (error) {
    const winner = await readProfile(folders)
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
