import { expect, it } from 'vitest'
import { readTurbo } from '../src/turbo.ts'

const line = (source: string, text: string): string => JSON.stringify({ source, level: 'info', timestamp: 1, text })

it('shows what the tasks printed, and not what turbo says about them', () => {
  const printed = [
    line('turbo', '   • turbo 2.11.11'),
    line('//#lint', '$ biome ci --colors=off .'),
    line('//#lint', 'packages/core/src/a.ts format'),
    line('turbo', 'Failed:    //#lint'),
    ' ERROR  run failed: command  exited (1)',
  ]
  expect(readTurbo(`${printed.join('\n')}\n`)).toBe('$ biome ci --colors=off .\npackages/core/src/a.ts format\n')
})

it('shows everything if no task ran', () => {
  const printed = `${line('turbo', 'nothing')}\n  x Unable to find package manager binary\n`
  expect(readTurbo(printed)).toBe(printed)
})
