import { access, constants, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type ProfileFolders, profileFolders } from '../accounts/folders.ts'
import type { Session } from '../session/session.ts'
import { nearestExisting } from '../vault/private-files.ts'
import { codeOf, type Finding, fine, trouble } from './finding.ts'

/** Can this user write to the folders, and no other user? */
export async function checkFolders(session: Session): Promise<readonly Finding[]> {
  const folders = profileFolders(session)
  const { config, accounts, tokens } = folders
  const writable = await Promise.all([config, accounts, tokens].map((folder) => checkWritable(session, folder)))
  return [...writable, ...(await checkPrivate(session, folders))]
}

async function checkWritable({ texts }: Session, folder: string): Promise<Finding> {
  const { doctor } = texts.messages
  const existing = await nearestExisting(folder)
  try {
    await access(existing, constants.W_OK | constants.X_OK)
    return fine('permissions', existing === folder ? doctor.writable(folder) : doctor.willBeCreated(folder))
  } catch (error) {
    return trouble('permissions', doctor.notWritable(existing, codeOf(error)), doctor.makeWritable(existing))
  }
}

/** Windows protects a user's folders by other means than a mode. */
async function checkPrivate(
  { texts }: Session,
  { config, accounts, tokens }: ProfileFolders,
): Promise<readonly Finding[]> {
  if (process.platform === 'win32') return []
  const { doctor } = texts.messages
  const names = await readdir(config).catch(() => [])
  const keys = names.filter((name) => name.startsWith('sealing-key-')).map((name) => join(config, name))
  const findings: Finding[] = []
  for (const path of [config, accounts, tokens, ...keys]) {
    const mode = await stat(path).then(
      (found) => found.mode & 0o777,
      () => 0,
    )
    if ((mode & 0o077) === 0) continue
    const wanted = keys.includes(path) ? '600' : '700'
    findings.push(trouble('permissions', doctor.openToOthers(path, mode.toString(8)), `chmod ${wanted} '${path}'`))
  }
  return findings
}
