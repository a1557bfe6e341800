import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import type { SharedClock } from './shared-clock.ts'
import type { Traffic } from './traffic.ts'

/** A disk whose every step takes `stepMs` of the fleet's time. 0: as fast as it is. */
export interface SlowDisk {
  stepMs: number
}

const STEPS = ['chmod', 'link', 'mkdir', 'open', 'readdir', 'readFile', 'rename', 'stat', 'unlink'] as const

/** Puts the delay below the file store, in Node's own functions, before the store is loaded. */
export function slowDisk(clock: SharedClock, { except }: Traffic): SlowDisk {
  const disk: SlowDisk = { stepMs: 0 }
  for (const step of STEPS) {
    const original: (...args: never[]) => unknown = fs[step]
    const slow = async (...args: never[]): Promise<unknown> => {
      const { stepMs } = disk
      if (stepMs > 0) await except(() => new Promise<void>((resolve) => clock.timer(resolve, stepMs)))
      return original.apply(fs, args)
    }
    Object.assign(fs, { [step]: slow })
  }
  syncBuiltinESMExports()
  return disk
}
