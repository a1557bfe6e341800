/*
Counts the files of the core that one call enters, prints the figures (with `--list` the files too) and writes docs/reports/reading.md.
Exits with 1 if a call enters more files than its limit.

What counts: a function of `packages/core/src` that V8's precise coverage saw run at least once between the call and one turn
of the event loop after it has settled, callbacks and accessors included; and a file that has such a function. What doesn't:
imports, and making the provider, the manager and the account's source, which happen before; types; files outside of the
core, such as the provider's own and openapi-fetch. Each call has a process of its own, which loads the sources one by one.
*/
import { writeFileSync } from 'node:fs'
import { inWords, page } from './page.ts'
import { readings } from './reading.ts'

const found = await readings()
writeFileSync(new URL('../../../docs/reports/reading.md', import.meta.url), page(found))
process.stdout.write(`${inWords(found, process.argv.includes('--list'))}\n`)
if (found.some(({ files, atMost }) => files.length > atMost)) process.exitCode = 1
