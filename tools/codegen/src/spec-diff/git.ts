import { execFileSync } from 'node:child_process'

/** What git prints; `undefined` where it fails: no such commit, no such file, no repository. */
export function git(root: string, ...args: readonly string[]): string | undefined {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26, stdio })
  } catch {
    return undefined
  }
}

/** The paths that differ between a commit and the working tree, new ones that git does not know yet among them. */
export function changedSince(root: string, base: string): readonly string[] {
  const tracked = git(root, 'diff', '--name-only', '--no-renames', base, '--') ?? ''
  const untracked = git(root, 'ls-files', '--others', '--exclude-standard') ?? ''
  return [...new Set(`${tracked}\n${untracked}`.split('\n').filter((path) => path !== ''))].sort()
}

/** Where this branch left main; `undefined` in a clone that has no main, or not enough history. */
export function mergeBase(root: string): string | undefined {
  const main = ['origin/main', 'main'].find((ref) => git(root, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`))
  return main === undefined ? undefined : git(root, 'merge-base', 'HEAD', main)?.trim()
}
