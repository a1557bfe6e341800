// `pnpm test:new-provider`: in a temporary copy of the repository, begins a provider of each flow and leaves it untouched.
// The checks, and the tests of everything that looks at providers, have to pass there. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PROVIDERS = {
  'acme-keys': ['--flow', 'keys'],
  'acme-exchange': ['--flow', 'exchange'],
  'acme-session': ['--flow', 'session'],
  'acme-oauth': ['--flow', 'oauth'],
  'acme-basic': ['--flow', 'oauth', '--client', 'basic', '--content', 'json'],
  'acme-encoded': ['--flow', 'oauth', '--client', 'basic-encoded'],
  'acme-consent': ['--flow', 'oauth-consent'],
  'acme-shops': ['--flow', 'keys', '--tenant', 'shop'],
  'acme-tenant': ['--flow', 'oauth-consent', '--tenant', 'shopName'],
  'acme-public': ['--flow', 'oauth-consent', '--client', 'none', '--content', 'json'],
}
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' }
const copy = mkdtempSync(join(tmpdir(), 'chaveiro-new-provider-'))
let passed = 0
let failed = 0

try {
  // Biome asks git what to ignore.
  const files = run('.', 'git', 'ls-files', '--cached', '--others', '--exclude-standard').stdout.split('\n')
  for (const file of files) if (file !== '' && existsSync(file)) cpSync(file, join(copy, file))
  run(copy, 'git', 'init', '--quiet')
  step('install', 'pnpm', 'install', '--frozen-lockfile', '--prefer-offline')
  for (const [id, args] of Object.entries(PROVIDERS)) {
    step(`new-provider ${id} ${args.join(' ')}`, 'pnpm', 'new-provider', id, ...args)
  }
  step('build', 'turbo', 'run', 'build', '--output-logs=errors-only', '--log-order=grouped')
  step('checks', 'turbo', 'run', 'check', '--output-logs=errors-only', '--log-order=grouped')
  const projects = ['packages/acme-*', 'packages/simulator', 'tools/conventions']
  const tests = run(copy, 'vitest', 'run', ...projects.flatMap((project) => ['--project', project]))
  process.stdout.write(tests.stdout + tests.stderr)
  const [, ok, wrong] = /^(\d+) passed, (\d+) failed/m.exec(tests.stdout) ?? [undefined, '0', '1']
  passed += Number(ok)
  failed += Number(wrong)
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** One line if it works, and everything it printed if it does not. */
function step(name, ...command) {
  const { status, stdout, stderr } = run(copy, ...command)
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${name}`)
  if (status === 0) passed += 1
  else {
    failed += 1
    console.log(stdout + stderr)
  }
}

function run(cwd, program, ...args) {
  const result = spawnSync(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (result.error) throw result.error
  return result
}
