import { execFile } from 'node:child_process'

export interface RunOptions {
  readonly cwd: string
  /** Beyond what this process has. `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** It is ended after this many milliseconds, and has failed. @default none */
  readonly timeoutMs?: number | undefined
}

/** Runs a program to its end and gives what it printed. @throws with everything it printed, if it fails. */
export function run(program: string, args: readonly string[], { cwd, env, timeoutMs }: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024, timeout: timeoutMs }
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const failed = error.killed === true ? `took longer than ${timeoutMs} ms` : `failed (${error.code})`
      const why = error.code === 'ENOENT' ? 'is not installed, or not on the path' : failed
      reject(new Error(`${program} ${args.join(' ')} ${why}:\n${stdout}${stderr}`))
    })
  })
}
