#!/usr/bin/env node
import { run } from './program/run.ts'

await run(process.argv.slice(2), process)
