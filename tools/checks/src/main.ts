import { fileURLToPath } from 'node:url'
import { runCommand } from './command.ts'

process.exitCode = await runCommand(process.argv.slice(2), {
  root: fileURLToPath(new URL('../../../', import.meta.url)),
  print: (text) => console.log(text),
  printError: (text) => console.error(text),
})
