import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'

/** A repository in git that has a history and no files. It is removed when its test has finished. */
export interface TemporaryHistory {
  readonly root: string
  readonly git: (...args: readonly string[]) => string
  /** Commits nothing but a message, and gives the full id. */
  readonly commit: (message: string) => string
}

/** A repository without a commit. */
export function emptyHistory(): TemporaryHistory {
  const history = historyIn(temporaryFolder())
  history.git('init', '--quiet', '--initial-branch=main')
  return history
}

/** A clone of the newest commits of another one. */
export function shallowClone({ root }: TemporaryHistory, depth: number): TemporaryHistory {
  const clone = historyIn(temporaryFolder())
  // Through a URL, because git ignores the depth for a path.
  clone.git('clone', '--quiet', `--depth=${depth}`, pathToFileURL(root).href, '.')
  return clone
}

function temporaryFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'chaveiro-history-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

function historyIn(root: string): TemporaryHistory {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, env: environment(), encoding: 'utf8' }).trim()
  return {
    root,
    git,
    commit(message) {
      git('commit', '--quiet', '--allow-empty', `--message=${message}`)
      return git('rev-parse', 'HEAD')
    },
  }
}

/** Without the settings of this machine, and without the variables by which a hook of git names its own repository. */
function environment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))
  return {
    ...Object.fromEntries(others),
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@chaveiro.example',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@chaveiro.example',
  }
}
