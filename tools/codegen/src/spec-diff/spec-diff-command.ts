import type { CommandIo } from '../command-io.ts'
import { reported } from '../generate-command.ts'
import { declaredSince, unmet } from './changesets.ts'
import { git } from './git.ts'
import { type ChangedSpec, specChanges } from './spec-changes.ts'

const USAGE = `Usage: pnpm spec-diff <base>

  Tells how the specs differ from those of a commit, and which changeset that needs.

  <base>   a commit, a branch or a tag: origin/main`

const WORDS = { breaks: 'breaks', new: 'new   ', other: 'other ' } as const

/** Runs `spec-diff` and gives the exit status: 0 done, 1 a changeset is missing or too small, 2 a mistaken command. */
export async function runSpecDiff(args: readonly string[], io: CommandIo): Promise<number> {
  const [base, ...others] = args
  if (base === undefined || base.startsWith('-') || others.length > 0) {
    io.printError(USAGE)
    return 2
  }
  if (git(io.root, 'rev-parse', '--verify', '--quiet', `${base}^{commit}`) === undefined) {
    io.printError(`git knows no commit ${base}. Fetch it, or name another: git log --oneline shows them.`)
    return 2
  }
  return reported(io, async () => report(await specChanges(io.root, base), base, io))
}

function report(specs: readonly ChangedSpec[], base: string, { root, print, printError }: CommandIo): number {
  if (specs.length === 0) print(`The specs are those of ${base}.`)
  for (const { id, changes, demand } of specs) {
    print(`specs/${id}/openapi.yaml${demand === undefined ? '' : `: ${demand.packageName} needs ${demand.bump}`}`)
    for (const { effect, sentence } of changes) print(`  ${WORDS[effect]}  ${sentence}`)
  }
  const missing = unmet(
    specs.flatMap(({ demand }) => demand ?? []),
    declaredSince(root, base),
  )
  missing.forEach(printError)
  return missing.length > 0 ? 1 : 0
}
