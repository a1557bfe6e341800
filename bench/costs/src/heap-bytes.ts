import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, quartiles } from './quantiles.ts'
import type { Row } from './row.ts'

const RUNS = 3

const PROGRAMS = [
  {
    program: 'idle-accounts',
    what: 'an idle account',
    against: 'besides its token of 64 characters, over 100,000 accounts',
    atMost: 1_024,
  },
  {
    program: 'tenant-clients',
    what: 'a client for each tenant, `createGenpag()`',
    against: 'besides its token of 64 characters, with its options, over 10,000 clients in a map',
    atMost: 4_096,
  },
]

/** What stays in memory, in processes of their own. */
export function heapBytes(): readonly Row[] {
  return PROGRAMS.map(({ program, what, against, atMost }) => {
    const samples = Array.from({ length: RUNS }, () => bytesOf(program))
    const bytes = median(samples)
    const spread = quartiles(samples).map((quartile) => quartile.toFixed(0))
    return {
      what,
      measured: `${bytes.toFixed(0)} bytes`,
      against,
      figure: `${bytes.toFixed(0)} bytes (${spread.join('–')})`,
      limit: `at most ${atMost}`,
      kept: bytes <= atMost,
    }
  })
}

function bytesOf(program: string): number {
  const path = fileURLToPath(new URL(`./heap/${program}.js`, import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', path], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
  return Number(stdout)
}
