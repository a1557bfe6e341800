import { fileURLToPath } from 'node:url'
import { runCommand } from './command.ts'

process.exitCode = await runCommand(process.argv.slice(2), {
  root: fileURLToPath(new URL('../../../', import.meta.url)),
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
})
