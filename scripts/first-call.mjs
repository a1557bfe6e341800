// From nothing to a first call: clones this repository, runs the commands and the first example of its README as they are
// printed there, and fails if that takes longer than two minutes. npm's cache may be warm; nothing else is.
//
//   npx --yes pnpm@12.21.0 first-call [README.pt-BR.md]
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MOST_S = 120
const readme = process.argv[2] ?? 'README.md'
const repository = fileURLToPath(new URL('..', import.meta.url))
const text = readFileSync(join(repository, readme), 'utf8')

// Answers for the provider, so that the example calls no real server.
const SIMULATED = `import { simulateBitize } from '@chaveiro/simulator'

const simulator = simulateBitize({ url: new URL('https://api.bitize.com.br') })
globalThis.fetch = simulator.fetch
process.env.BITIZE_CONSUMER_KEY = simulator.credentials.consumerKey
process.env.BITIZE_SECRET_KEY = simulator.credentials.secretKey
process.on('exit', () => {
  if (simulator.count('authenticate') !== 1 || simulator.count('listVendors') !== 1) process.exitCode = 1
})
`

const blocks = (language) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code]) => code)
const [example] = blocks('ts')
const shell = blocks('sh')
const first = shell.findIndex((commands) => commands.includes('--pack-destination'))
const [inClone, inProject] = shell.slice(first, first + 2)
if (first < 0 || example === undefined || !inProject?.includes('.tgz')) {
  throw new Error(`${readme} no longer says how to install from a clone in two blocks of commands, or has no example.`)
}

const folder = mkdtempSync(join(tmpdir(), 'chaveiro-first-call-'))
const clone = join(folder, 'chaveiro')
const project = join(folder, 'project')
mkdirSync(project)
writeFileSync(join(project, 'simulated.mjs'), SIMULATED)
writeFileSync(join(project, 'example.mjs'), example)

let wholeS = 0
let wholeCpuS = 0
try {
  for (const [command, cwd] of [
    [`git clone --quiet ${repository} ${clone}`, folder],
    ...lines(inClone).map((command) => [command, clone]),
    ...lines(inProject).map((command) => [command, project]),
    ['node --import ./simulated.mjs example.mjs', project],
  ]) {
    const [realS, cpuS] = step(command, cwd)
    wholeS += realS
    wholeCpuS += cpuS
    console.log(`${seconds(realS)}  ${seconds(cpuS)} of CPU  ${command.replace(`${repository} ${clone}`, 'chaveiro')}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
console.log(`${seconds(wholeS)}  ${seconds(wholeCpuS)} of CPU  from nothing to a first call`)
if (wholeS > MOST_S) {
  console.error(`That is more than ${MOST_S} s.`)
  process.exitCode = 1
}

function lines(block) {
  return block.split('\n').filter(Boolean)
}

/** Runs one command in bash; gives how long it took, and how long its processes used a processor. */
function step(command, cwd) {
  const timed = `TIMEFORMAT='%R %U %S'; time { ${command}\n}`
  // Without what pnpm tells the programs that it starts: in a clone of its own, it has to install first.
  const own = Object.entries(process.env).filter(([name]) => !/^p?npm_/i.test(name))
  const env = { ...Object.fromEntries(own), LC_ALL: 'C' }
  const { status, stdout, stderr } = spawnSync('bash', ['-c', timed], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`)
  const [real, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return [real, user + system]
}

function seconds(value) {
  return `${value.toFixed(1)} s`.padStart(8)
}
