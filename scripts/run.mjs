// The commands of the README. Turbo's telemetry is off for everyone; the environment is the only switch in
// reach of the repository.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const [command, ...rest] = process.argv.slice(2)
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CHAVEIRO_TEST_MACHINE: machine() }
const base = mergeBase()
if (base) env.CHAVEIRO_TEST_BASE = base

const turbo = (...args) => ['turbo', 'run', ...args, '--output-logs=errors-only', '--log-order=grouped']
// A build that only precedes another step stays quiet unless it fails.
const build = (name) => ({ quietly: `Building ${name} …`, step: turbo('build', `--filter=${name}`) })
const everything = { quietly: 'Building everything …', step: turbo('build') }
const shown = (...step) => ({ step })
// Tests of a tool of their own, which take minutes.
const suite = (tool, config = 'vitest.config.ts') => ({
  ...shown('vitest', 'run', '--config', `${tool}/${config}`, ...rest),
  timeoutMs: 900_000,
})
// The reference is made of docstrings; all else is a file of the repository already.
const pagesOfSite = [
  build('@chaveiro/reference'),
  { quietly: 'Writing the reference …', step: ['node', 'tools/reference/dist/main.js', 'docs'] },
  build('@chaveiro/site'),
]
if (command === 'test:deep') env.CHAVEIRO_TEST_HISTORIES ??= '10000'
const commands = {
  build: [shown(...turbo('build'))],
  demo: [build('chaveiro'), shown('node', 'packages/cli/dist/main.js', 'demo', ...rest)],
  proof: [shown('node', 'examples/proof/start.mjs', ...rest)],
  serve: [build('chaveiro'), shown('node', 'packages/cli/dist/main.js', 'serve', ...rest)],
  'new-provider': [build('@chaveiro/codegen'), shown('node', 'tools/codegen/dist/main.js', 'new-provider', ...rest)],
  provider: [build('@chaveiro/codegen'), shown('node', 'tools/codegen/dist/main.js', 'provider', ...rest)],
  'spec-diff': [build('@chaveiro/codegen'), shown('node', 'tools/codegen/dist/main.js', 'spec-diff', ...rest)],
  docs: [build('@chaveiro/reference'), shown('node', 'tools/reference/dist/main.js', 'docs')],
  'docs:dev': [...pagesOfSite, shown('node', 'tools/site/dist/main.js', 'dev')],
  'docs:build': [...pagesOfSite, shown('node', 'tools/site/dist/main.js', 'build', ...rest)],
  'test:site': [
    ...pagesOfSite,
    shown('node', 'tools/site/dist/main.js', 'build'),
    suite('tools/site', 'vitest.site.config.ts'),
  ],
  surface: [shown(...turbo('build')), shown('node', 'tools/reference/dist/main.js', 'surface', ...rest)],
  generate: [build('@chaveiro/codegen'), shown('node', 'tools/codegen/dist/main.js', 'generate', ...rest)],
  'test:deep': [shown('vitest', 'run', '--project', 'packages/core', 'test/model')],
  mutations: [build('@chaveiro/mutations'), shown('node', 'tests/mutations/dist/main.js', ...rest)],
  bench: [build('@chaveiro/bench'), shown('node', 'bench/costs/dist/main.js', ...rest)],
  reading: [build('@chaveiro/reading'), shown('node', 'tools/reading/dist/main.js', ...rest)],
  release: [build('@chaveiro/test-packages'), shown('node', 'tests/packages/dist/main.js', ...rest)],
  test: [build('@chaveiro/checks'), shown('node', 'tools/checks/dist/main.js', ...rest)],
  'test:processes': [build('@chaveiro/processes'), suite('tests/processes')],
  'test:packages': [everything, suite('tests/packages')],
  'test:clients': [build('chaveiro'), suite('packages/cli', 'vitest.clients.config.ts')],
  'test:frameworks': [everything, suite('tests/packages', 'vitest.frameworks.config.ts')],
  'test:runtimes': [everything, suite('tests/runtimes')],
}

const steps = commands[command]
if (steps === undefined) {
  console.error(`Unknown command ${command}. There are: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}
for (const { quietly, step, timeoutMs } of steps) {
  const [program, ...args] = step
  if (quietly) process.stderr.write(`${quietly}\n`)
  const stdio = quietly ? 'pipe' : 'inherit'
  const shell = process.platform === 'win32'
  const result = spawnSync(program, args, { stdio, env, encoding: 'utf8', shell, timeout: timeoutMs })
  if (result.error) console.error(`${program} could not be started: ${result.error.message}`)
  if (result.status === 0) continue
  if (quietly) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  process.exit(result.status ?? 1)
}

/** Where this branch left main, which its changesets are looked for since; nothing in a clone without that history. */
function mergeBase() {
  const git = (...args) => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim()
  const main = ['origin/main', 'main'].find((ref) => git('rev-parse', '--verify', '--quiet', ref))
  return main && git('merge-base', 'HEAD', main)
}

/** What the outcome of the tests depends on besides the files: Node, and the servers and browsers that are installed. */
function machine() {
  const postgres = '/usr/lib/postgresql'
  const versions = existsSync(postgres) ? readdirSync(postgres).map((version) => join(postgres, version, 'bin')) : []
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', ...versions]
  const found = [
    'redis-server',
    'initdb',
    'pgbouncer',
    'chromium',
    'tmux',
    'fish',
    'zsh',
    'curl',
    'python3',
    'php',
    'ruby',
    'dbus-run-session',
    'gnome-keyring-daemon',
    'openssl',
    'docker-compose',
    'systemd-analyze',
    'prometheus',
  ].filter((name) => folders.some((folder) => existsSync(join(folder, name))))
  return [process.version, process.platform, ...found].join(' ')
}
