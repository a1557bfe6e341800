// Runs several command lines in one process, as JSON in the first argument, and prints what each came to as JSON. The
// second argument is the command's main.js, of which each line gets an instance of its own.
import { pathToFileURL } from 'node:url'

const [node, , lines, main] = process.argv
const outcomes = []
let printed = { stdout: '', stderr: '' }
const write = process.stdout.write.bind(process.stdout)

for (const name of ['stdout', 'stderr']) {
  process[name].setMaxListeners(0)
  process[name].write = (text, done) => {
    printed[name] += text
    done?.()
    return true
  }
}
// Every instance listens for signals.
process.setMaxListeners(0)

for (const words of JSON.parse(lines)) {
  printed = { stdout: '', stderr: '' }
  process.argv = [node, main, ...words]
  process.exitCode = undefined
  await import(`${pathToFileURL(main).href}?line=${outcomes.length}`)
  outcomes.push({ status: process.exitCode, ...printed })
}
process.exitCode = 0
write(JSON.stringify(outcomes))
