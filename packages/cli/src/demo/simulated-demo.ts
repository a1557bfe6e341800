import { performance } from 'node:perf_hooks'
import pc from 'picocolors'
import { type Column, columns } from '../columns.ts'
import type { Expectation, Scene } from './scenes.ts'
import { SCENES } from './scenes.ts'
import { openStage, type Stage } from './stage.ts'

const COLUMNS: readonly Column[] = [
  { width: 44 },
  { width: 8, right: true },
  { width: 11, right: true },
  { width: 9, right: true },
  { width: 6, right: true },
  { width: 20 },
]

/** Plays every scene against the simulated provider and prints a row for each. Resolves with whether all went well. */
export async function demoSimulated(out: NodeJS.WritableStream): Promise<boolean> {
  await using stage = await openStage()
  const print = (...cells: readonly string[]): void => void out.write(`${columns(COLUMNS, cells)}\n`)
  out.write(`\n  ${pc.bold('Chaveiro')}: one line gives a valid token. Bitize, simulated on ${stage.url.origin}\n\n`)
  print(...['what happens', 'requests', 'token calls', 'API calls', 'time', 'outcome'].map((title) => pc.dim(title)))

  let failed = 0
  const total = { callers: 0, acquires: 0, refreshes: 0, apiCalls: 0 }
  for (const scene of SCENES) {
    const { seen, outcome, ms } = await play(stage, scene)
    const asExpected = isAsExpected(seen, scene.expect)
    if (!asExpected) failed += 1
    for (const key of KEYS) total[key] += seen[key]
    print(
      `${asExpected ? pc.green('✓') : pc.red('✗')} ${scene.title}`,
      count(seen.callers),
      tokenCalls(seen),
      count(seen.apiCalls),
      duration(ms),
      asExpected
        ? outcome
        : `${outcome} ${pc.red(`expected ${tokenCalls(scene.expect)}, ${scene.expect.apiCalls} API calls`)}`,
    )
  }
  const tokens = total.acquires + total.refreshes
  out.write(
    `\n  ${count(total.callers)} requests, ${tokens} token calls. ${failed === 0 ? 'Nothing was lost.' : `${failed} scenes went wrong.`}\n\n`,
  )
  return failed === 0
}

async function play(stage: Stage, scene: Scene): Promise<{ seen: Expectation; outcome: string; ms: number }> {
  const before = counts(stage)
  const started = performance.now()
  const outcome = await scene.play(stage)
  const ms = performance.now() - started
  const after = counts(stage)
  const seen = {
    callers: scene.expect.callers,
    acquires: after.acquires - before.acquires,
    refreshes: after.refreshes - before.refreshes,
    apiCalls: after.apiCalls - before.apiCalls,
  }
  return { seen, outcome, ms }
}

function counts({ simulator }: Stage): { acquires: number; refreshes: number; apiCalls: number } {
  return {
    acquires: simulator.count('authenticate'),
    refreshes: simulator.count('refreshAccessToken'),
    apiCalls: simulator.count('listVendors') + simulator.count('createVendor'),
  }
}

const KEYS = ['callers', 'acquires', 'refreshes', 'apiCalls'] as const

function isAsExpected(seen: Expectation, expected: Expectation): boolean {
  return KEYS.every((key) => seen[key] === expected[key])
}

function tokenCalls({ acquires, refreshes }: Expectation): string {
  const parts = [acquires > 0 && `${acquires} acquire`, refreshes > 0 && `${refreshes} refresh`].filter(
    (part) => part !== false,
  )
  return parts.length === 0 ? '–' : parts.join(' + ')
}

function count(value: number): string {
  return value === 0 ? '–' : String(value).replace(/\B(?=(\d{3})+$)/g, ' ')
}

function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}
