/*
The process that makes one call under V8's coverage and prints, as JSON, which functions of which scripts it entered.
Coverage begins before the core is imported, so that V8 knows every function, and is set back to zero when the call is about
to begin: neither the imports nor the making of the manager and of the source count.
*/
import { type Profiler, Session } from 'node:inspector/promises'
import { setImmediate } from 'node:timers/promises'
import { CASES } from './cases.ts'

const wanted = CASES.find(({ name }) => name === process.argv[2])
if (wanted === undefined) throw new TypeError(`Unknown case ${process.argv[2]}.`)

const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
const { openCase } = await import('./open-case.ts')
await using opened = await openCase(wanted.name)
await takeCoverage()
await opened.run()
// What the call leaves to microtasks, such as the end of its flight, is part of it.
await setImmediate()
process.stdout.write(JSON.stringify(await takeCoverage()))

/** The functions that were entered since it was last asked. */
async function takeCoverage(): Promise<Profiler.ScriptCoverage[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  return result
}
