import { execFile } from 'node:child_process'

export interface RunOptions {
  readonly cwd: string
  /** Beyond what this process has. `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** Runs a program to its end and gives what it printed. @throws with everything it printed, if it fails. */
export function run(program: string, args: readonly string[], { cwd, env }: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 }
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const why = error.code === 'ENOENT' ? 'is not installed, or not on the path' : `failed (${error.code})`
      reject(new Error(`${program} ${args.join(' ')} ${why}:\n${stdout}${stderr}`))
    })
  })
}
