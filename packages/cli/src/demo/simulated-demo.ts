import { performance } from 'node:perf_hooks'
import pc from 'picocolors'
import { type Column, columns } from '../output/columns.ts'
import type { Act, Counts, Expectation, Scene } from './act.ts'
import { assineOnlineAct } from './assine-online-act.ts'
import { bitizeAct } from './bitize-act.ts'
import { genpagAct } from './genpag-act.ts'

/** The lives that the demo shows, each on a simulated provider of its own. */
export const ACTS: readonly (() => Promise<Act>)[] = [bitizeAct, genpagAct, assineOnlineAct]

const COLUMNS: readonly Column[] = [
  { width: 46 },
  { width: 8, right: true },
  { width: 27 },
  { width: 9, right: true },
  { width: 6, right: true },
  { width: 20 },
]

/** Plays every scene against the simulated providers and prints a row for each. Resolves with whether all went well. */
export async function demoSimulated(out: NodeJS.WritableStream): Promise<boolean> {
  const print = (...cells: readonly string[]): void => void out.write(`${columns(COLUMNS, cells)}\n`)
  out.write(`\n  ${pc.bold('Chaveiro')}: one line gives a valid token.\n`)
  const total = { callers: 0, tokenCalls: 0, failed: 0 }
  for (const open of ACTS) {
    await using act = await open()
    out.write(`\n  ${pc.bold(act.title)}, simulated on ${act.url.origin}\n\n`)
    print(...['what happens', 'requests', 'token calls', 'API calls', 'time', 'outcome'].map((title) => pc.dim(title)))
    for (const scene of act.scenes) {
      const { seen, outcome, ms } = await play(act, scene)
      const isExpected = describe(seen) === describe(scene.expect)
      total.callers += seen.callers
      total.tokenCalls += sum(seen.tokenCalls)
      if (!isExpected) total.failed += 1
      print(
        `${isExpected ? pc.green('✓') : pc.red('✗')} ${scene.title}`,
        count(seen.callers),
        tokenCalls(seen),
        count(seen.apiCalls),
        duration(ms),
        isExpected ? outcome : `${outcome} ${pc.red(`expected ${describe(scene.expect)}`)}`,
      )
    }
  }
  const verdict = total.failed === 0 ? 'Nothing was lost.' : `${total.failed} scenes went wrong.`
  out.write(`\n  ${count(total.callers)} requests, ${total.tokenCalls} token calls. ${verdict}\n\n`)
  return total.failed === 0
}

async function play(act: Act, scene: Scene): Promise<{ seen: Expectation; outcome: string; ms: number }> {
  const before = act.counts()
  const started = performance.now()
  const outcome = await scene.play()
  const ms = performance.now() - started
  return { seen: { callers: scene.expect.callers, ...difference(act.counts(), before) }, outcome, ms }
}

function difference(after: Counts, before: Counts): Counts {
  const calls = Object.entries(after.tokenCalls).map(([word, value]) => [word, value - (before.tokenCalls[word] ?? 0)])
  return { tokenCalls: Object.fromEntries(calls), apiCalls: after.apiCalls - before.apiCalls }
}

function describe(counted: Counts): string {
  return `${tokenCalls(counted)}, ${counted.apiCalls} API calls`
}

function tokenCalls({ tokenCalls: calls }: Counts): string {
  const parts = Object.entries(calls).flatMap(([word, value]) => (value > 0 ? [`${value} ${word}`] : []))
  return parts.length === 0 ? '–' : parts.join(', ')
}

function sum(calls: Counts['tokenCalls']): number {
  return Object.values(calls).reduce((total, value) => total + value, 0)
}

function count(value: number): string {
  return value === 0 ? '–' : String(value).replace(/\B(?=(\d{3})+$)/g, ' ')
}

function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}
