import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { CommandIo } from '../command.ts'
import { reported, write } from '../generate-command.ts'
import { didYouMean } from '../lint/did-you-mean.ts'
import { flows, planOf } from './flows.ts'
import type { FlowName } from './plan.ts'
import { recognise } from './recognise.ts'
import { occupied, writeProvider } from './write-provider.ts'

const names = (Object.keys(flows) as FlowName[]).sort()

const USAGE = `Usage: pnpm new-provider <id> --flow <flow> [--from <openapi.yaml>]

  Begins a provider: its spec, package, test, simulator and changeset, green from the start.

  <id>      in kebab-case: acme, acme-pay
  --flow    ${names.map((name) => `${name.padEnd(20)}${flows[name].summary}`).join('\n            ')}
  --from    another OpenAPI document, 3.0 or 3.1, YAML or JSON: what can be told from it is carried over`

/** Runs `new-provider` and gives the exit status: 0 done, 1 it cannot be begun, 2 a mistaken command. */
export async function runNewProvider(args: readonly string[], io: CommandIo): Promise<number> {
  const request = readRequest(args)
  if (typeof request === 'string') {
    io.printError(request)
    return 2
  }
  const { id, flow, from } = request
  const taken = await occupied(io.root, id)
  if (taken.length > 0) {
    io.printError(
      `${taken.join(', ')} ${taken.length === 1 ? 'is' : 'are'} not empty. Choose another id, or delete ${taken.length === 1 ? 'it' : 'them'}.`,
    )
    return 1
  }
  return reported(io, async () => {
    const plan = await planned(id, flow, from, io)
    if (plan === undefined) return 1
    for (const path of await writeProvider(io.root, plan)) io.print(`written  ${path}`)
    const status = await reported(io, () => write(io), MEND)
    if (status !== 0) return status
    if (!(await finish(io))) return 1
    for (const line of plan.from?.untold ?? []) io.print(`not told by ${plan.from?.name}: ${line}`)
    io.print(nextSteps(id))
    return 0
  })
}

interface Request {
  readonly id: string
  readonly flow: FlowName
  readonly from: string | undefined
}

/** What is asked for, or a sentence about what is wrong with it. */
function readRequest(args: readonly string[]): Request | string {
  const options = { flow: { type: 'string' }, from: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [id, ...others] = positionals
    if (values.help || id === undefined || others.length > 0) return USAGE
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
      return `"${id}" is not in kebab-case. Write it like acme or acme-pay.`
    if (RESERVED.includes(id)) return `"${id}" is a package of this repository. Choose another id.`
    const { flow, from } = values
    if (flow === undefined) return `Which flow? Add --flow with one of ${names.join(', ')}.`
    if (isFlow(flow)) return { id, flow, from }
    const meant = didYouMean(flow, names)
    const hint = meant.length > 0 ? ` Did you mean ${meant.join(' or ')}?` : ''
    return `There is no flow "${flow}".${hint} There are: ${names.join(', ')}.`
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`
  }
}

// Folders of packages that are no provider, also before they exist.
const RESERVED = ['core', 'stores', 'simulator', 'cli', 'chaveiro']

function isFlow(name: string): name is FlowName {
  return Object.hasOwn(flows, name)
}

async function planned(id: string, flow: FlowName, from: string | undefined, { root, printError }: CommandIo) {
  const plan = planOf(id, flow)
  if (from === undefined) return plan
  try {
    return await recognise(plan, resolve(root, from))
  } catch (error) {
    if (error instanceof TypeError) printError(error.message)
    else if (error instanceof Error && 'code' in error) printError(`${from} cannot be read (${String(error.code)}).`)
    else throw error
    return undefined
  }
}

const MEND =
  'The files above are written: mend the spec, then run npx --yes pnpm@12.21.0 generate, install and surface.'

/** Brings the rest of the repository up to date: the lockfile, the builds, the reports of what is exported. Says whether it could. */
async function finish({ run, printError }: CommandIo): Promise<boolean> {
  try {
    await run?.('Adding the package to the workspace …', 'pnpm', [
      'install',
      '--no-frozen-lockfile',
      '--prefer-offline',
    ])
    await run?.('Building …', 'turbo', ['run', 'build', '--output-logs=errors-only'])
    await run?.('Writing the report of what it exports …', 'node', ['tools/reference/dist/main.js', 'surface'])
    return true
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error))
    printError('The files are written. Mend this, then run npx --yes pnpm@12.21.0 install, and surface.')
    return false
  }
}

function nextSteps(id: string): string {
  return `
Next:
  1. Look up each PLACEHOLDER of specs/${id}/openapi.yaml and SOURCES.md; what nobody documents is undocumented.
     While you write, npx --yes pnpm@12.21.0 generate --watch says what does not fit.
  2. Teach the simulator what the documents say: packages/simulator/src/${id}/simulate-${id}.ts.
  3. Let npx --yes pnpm@12.21.0 watch packages/${id} run its tests while you work; then run fix and test, and commit.
The package is private until nothing is left to look up, so that no release takes it along.
docs/add-a-provider.md goes through it with an example.`
}
