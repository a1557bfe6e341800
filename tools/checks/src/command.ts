import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import type { Check } from './check.ts'
import { type Chosen, chooseRun } from './choose-run.ts'
import { folderChecks } from './folder-checks.ts'
import { closingLine, describeAll, describeOutcome } from './report.ts'
import { repositoryChecks } from './repository-checks.ts'
import { runCheck } from './run-check.ts'
import { runChecks } from './run-checks.ts'
import { findWorkspaces } from './workspaces.ts'

export interface CommandIo {
  /** The root of the repository. */
  readonly root: string
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
}

// scripts/closing-line.ts writes it when vitest ends; turbo restores it when nothing has changed since.
const CLOSING_LINE = 'node_modules/.cache/chaveiro/closing-line.txt'

/** Runs `test` and gives the exit status: 0 all passed, 1 a check or a test failed, 2 the command is mistaken. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { root } = io
  const workspaces = findWorkspaces(root)
  const chosen = chooseRun(args, { root, workspaces, exists: (path) => existsSync(join(root, path)) })
  switch (chosen.kind) {
    case 'everything':
      return runAndReport(repositoryChecks(JSON.parse(readFileSync(join(root, 'turbo.json'), 'utf8'))), io)
    case 'folders':
      return checkFolders(chosen, io)
    case 'vitest':
      return runVitest(args, io)
    case 'mistake':
      io.printError(chosen.message)
      return 2
  }
}

async function checkFolders({ workspaces }: Extract<Chosen, { kind: 'folders' }>, io: CommandIo): Promise<number> {
  const status = await runAndReport(folderChecks(workspaces), io)
  for (const { folder } of workspaces.filter(({ tests }) => tests === 'suite')) {
    io.print(`\nThe tests of ${folder} take minutes: npx --yes pnpm@12.21.0 test:${basename(folder)}`)
  }
  return status
}

async function runAndReport(checks: readonly Check[], { root, print }: CommandIo): Promise<number> {
  const closing = join(root, CLOSING_LINE)
  const startedAt = performance.now()
  rmSync(closing, { force: true })
  const outcomes = await runChecks(checks, {
    // On one core too, because some of them wait for others.
    slots: Math.max(2, availableParallelism()),
    run: (check) => runCheck(check, root),
    report: (outcome) => print(describeOutcome(outcome)),
  })
  const { user, system } = process.cpuUsage()
  print(`\n${describeAll(outcomes, performance.now() - startedAt, (user + system) / 1_000)}`)
  print(`\n${closingLine(outcomes, existsSync(closing) ? readFileSync(closing, 'utf8') : undefined)}`)
  return outcomes.every(({ state }) => state === 'passed') ? 0 : 1
}

function runVitest(args: readonly string[], { root, printError }: CommandIo): number {
  const { status, error } = spawnSync('vitest', ['run', ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (error) printError(`vitest could not be started: ${error.message}`)
  return status ?? 1
}
