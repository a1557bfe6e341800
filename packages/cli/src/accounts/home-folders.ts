import { homedir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { Texts } from '../messages/texts.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'

/** Where a user's programs keep their configuration and their data. */
export interface HomeFolders {
  readonly config: string
  readonly data: string
}

/**
 * The platform's own folders: XDG's on Linux, Library on macOS, AppData on Windows. The home folder is looked up only where
 * a variable does not name the place, because a container's user may have none. A relative path in a variable is ignored, as
 * the XDG Base Directory Specification wants it: it would name another folder in each working directory.
 */
export function homeFolders(
  env: Readonly<NodeJS.ProcessEnv>,
  texts: Texts,
  platform: NodeJS.Platform = process.platform,
): HomeFolders {
  const home = (): string => homeOf(env, texts, platform)
  const { config, data } = PLACES[platform === 'win32' || platform === 'darwin' ? platform : 'linux']
  return { config: place(config), data: place(data) }

  function place({ variable, below, inner }: Place): string {
    const given = env[variable] ?? ''
    return join(isAbsolute(given) ? given : join(home(), ...below), 'chaveiro', ...inner)
  }
}

interface Place {
  /** Names the folder, instead of the home folder and what is below it. */
  readonly variable: string
  readonly below: readonly string[]
  readonly inner: readonly string[]
}

const PLACES: Readonly<Record<'linux' | 'darwin' | 'win32', Readonly<Record<keyof HomeFolders, Place>>>> = {
  linux: {
    config: { variable: 'XDG_CONFIG_HOME', below: ['.config'], inner: [] },
    data: { variable: 'XDG_DATA_HOME', below: ['.local', 'share'], inner: [] },
  },
  darwin: {
    config: { variable: '', below: ['Library', 'Preferences'], inner: [] },
    data: { variable: '', below: ['Library', 'Application Support'], inner: [] },
  },
  win32: {
    config: { variable: 'APPDATA', below: ['AppData', 'Roaming'], inner: ['Config'] },
    data: { variable: 'LOCALAPPDATA', below: ['AppData', 'Local'], inner: ['Data'] },
  },
}

/** HOME, else what the system knows of this user, which may be nothing: a uid without an entry in passwd. */
function homeOf({ HOME }: Readonly<NodeJS.ProcessEnv>, { data }: Texts, platform: NodeJS.Platform): string {
  if (platform !== 'win32' && HOME !== undefined && isAbsolute(HOME)) return HOME
  const known = homeBySystem(platform)
  if (known !== undefined) return known
  throw new Failure(EXIT.storage, 'no-home', platform === 'linux' ? data.noHomeXdg : data.noHome)
}

function homeBySystem(platform: NodeJS.Platform): string | undefined {
  try {
    // On POSIX `homedir()` would repeat a HOME that is empty or relative.
    const home = platform === 'win32' ? homedir() : userInfo().homedir
    return isAbsolute(home) ? home : undefined
  } catch {
    return undefined
  }
}
