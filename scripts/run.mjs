// The commands of the README. Turbo's telemetry is off for everyone; the environment is the only switch in
// reach of the repository.
import { spawnSync } from 'node:child_process'

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
const [command, ...rest] = process.argv.slice(2)

const turbo = (...args) => ['turbo', 'run', ...args, '--output-logs=errors-only', '--log-order=grouped']
const commands = {
  build: [turbo('build')],
  demo: [turbo('build', '--filter=chaveiro'), ['node', 'packages/cli/dist/main.js', 'demo', ...rest]],
  generate: [turbo('build', '--filter=@chaveiro/codegen'), ['node', 'tools/codegen/dist/main.js', 'generate', ...rest]],
  bench: [turbo('build', '--filter=@chaveiro/bench'), ['node', '--expose-gc', 'tools/bench/dist/main.js']],
  test: [turbo('check'), ['vitest', 'run', ...rest]],
}

const steps = commands[command]
if (steps === undefined) {
  console.error(`Unknown command ${command}. There are: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}
for (const [program, ...args] of steps) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env, shell: process.platform === 'win32' })
  if (error) console.error(`${program} could not be started: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}
