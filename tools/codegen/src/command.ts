import type { CommandIo } from './command-io.ts'
import { runGenerate } from './generate-command.ts'
import { runNewProvider } from './new-provider/new-provider-command.ts'
import { runProvider } from './provider/provider-command.ts'
import { runSpecDiff } from './spec-diff/spec-diff-command.ts'

/** Runs a command and gives the exit status: 0 done, 1 something is to be fixed, 2 a mistaken command. */
export function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const [command, ...rest] = args
  switch (command) {
    case 'new-provider':
      return runNewProvider(rest, io)
    case 'provider':
      return runProvider(rest, io)
    case 'spec-diff':
      return runSpecDiff(rest, io)
    default:
      return runGenerate(args, io)
  }
}
