#!/usr/bin/env node
import { program } from './program.ts'
import { UsageError } from './usage-error.ts'

try {
  await program().parseAsync()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
