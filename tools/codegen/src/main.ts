import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { runCommand } from './command.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

process.exitCode = await runCommand(process.argv.slice(2), {
  root,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  run: async (sentence, program, args) => {
    console.error(sentence)
    const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' } as const
    const { status, error, stdout, stderr } = spawnSync(program, args, options)
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${error?.message ?? stdout + stderr}`)
  },
})
