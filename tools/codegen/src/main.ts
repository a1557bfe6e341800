import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { runCommand } from './command.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

process.exitCode = await runCommand(process.argv.slice(2), {
  root,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  run: async (sentence, program, args) => {
    console.error(sentence)
    const { status, printed } = await ended(program, args)
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${printed}`)
  },
})

/** Runs a program in the root, and gives its exit status and what it printed. */
function ended(program: string, args: readonly string[]): Promise<{ status: number | null; printed: string }> {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'pipe', 'pipe'] as const
    // What it prints is shown later, as text.
    const { FORCE_COLOR: _, ...env } = process.env
    const options = { cwd: root, env: { ...env, NO_COLOR: '1' }, shell: process.platform === 'win32' }
    const child = spawn(program, args, { ...options, stdio: [...stdio] })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', ({ message }) => resolve({ status: 1, printed: `${program} could not be started: ${message}` }))
    child.once('close', (status) => resolve({ status, printed: Buffer.concat(chunks).toString() }))
  })
}
