#!/usr/bin/env node
import { CommanderError } from 'commander'
import { program } from './program.ts'
import { UsageError } from './usage-error.ts'

// 0: done; 1: it did not work; 2: the command cannot be carried out as it was given.
try {
  await program().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version end here too. Commander has printed what there is to say.
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else {
    throw error
  }
}
