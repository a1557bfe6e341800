import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLOCK_FILE, machineMs } from '../../src/shared-clock.ts'

/** The fleet's time, from the side that lets it jump. */
export interface FleetClock extends Disposable {
  readonly path: string
  now(): number
  jump(ms: number): void
}

export function fleetClock(): FleetClock {
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-clock-'))
  const path = join(folder, 'clock')
  const file = openSync(path, 'w')
  let jumpedMs = 0
  const write = (at: number, value: number): void => {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleLE(value)
    writeSync(file, bytes, 0, 8, at)
  }
  write(CLOCK_FILE.startedAtMs, machineMs())
  write(CLOCK_FILE.jumpedMs, jumpedMs)
  return {
    path,
    now: () => Math.round(Date.now() + jumpedMs),
    jump(ms) {
      jumpedMs += ms
      write(CLOCK_FILE.jumpedMs, jumpedMs)
    },
    [Symbol.dispose]() {
      closeSync(file)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
