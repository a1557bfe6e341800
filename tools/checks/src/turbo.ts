import type { Check } from './check.ts'

/** A check that turbo runs, and doesn't run again until a file changes that the task names in turbo.json. */
export function turboCheck(name: string, needs: readonly string[], ...args: readonly string[]): Check {
  return { name, command: ['turbo', 'run', ...args, '--output-logs=errors-only', '--json'], needs, read: readTurbo }
}

/** What the tasks that failed have printed; if turbo could not even run them, everything. */
export function readTurbo(printed: string): string {
  const lines = printed.split('\n').filter((line) => line !== '')
  const ofTasks = lines.flatMap((line) => {
    const { source, text } = parseLine(line)
    return source === undefined || source === 'turbo' ? [] : [text]
  })
  return ofTasks.length === 0 ? printed : `${ofTasks.join('\n')}\n`
}

interface TurboLine {
  readonly source?: string
  readonly text?: string
}

/** Turbo's own errors are plain text. */
function parseLine(line: string): TurboLine {
  try {
    return JSON.parse(line)
  } catch {
    return {}
  }
}
