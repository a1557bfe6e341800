import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { CommandIo } from '../command-io.ts'
import { reported, write } from '../generate-command.ts'
import { didYouMean } from '../spec/did-you-mean.ts'
import { PLACEHOLDER, planOf, type StandardChoices, summaries } from './flows.ts'
import { recognise } from './from/recognise.ts'
import type { ClientMethod, Content, FlowName } from './plan.ts'
import { tenantOf } from './tenant.ts'
import { occupied, writeProvider } from './write-provider.ts'

const names = (Object.keys(summaries) as FlowName[]).sort()
const CLIENTS: readonly ClientMethod[] = ['body', 'basic', 'basic-encoded', 'none']
const CONTENTS: readonly Content[] = ['form', 'json']

const USAGE = `Usage: pnpm new-provider <id> --flow <flow> [options]

  Begins a provider: its spec, package, test, simulator and changeset, green from the start.

  <id>        in kebab-case: acme, acme-pay
  --flow      ${names.map((name) => `${name.padEnd(16)}${summaries[name]}`).join('\n              ')}
  --from      another OpenAPI document, 3.0 or 3.1, YAML or JSON: what can be told from it is carried over
  --tenant    each user has a host of their own: what that part of it is called, for example shop

  With the flows of OAuth:
  --client    how the client authenticates: ${CLIENTS.join(', ')}. Default: body
  --content   what the token endpoint takes: ${CONTENTS.join(', ')}. Default: form`

/** Runs `new-provider` and gives the exit status: 0 done, 1 it cannot be begun, 2 a mistaken command. */
export async function runNewProvider(args: readonly string[], io: CommandIo): Promise<number> {
  const request = readRequest(args)
  if (typeof request === 'string') {
    io.printError(request)
    return 2
  }
  const { id } = request
  const taken = await occupied(io.root, id)
  if (taken.length > 0) {
    io.printError(
      `${taken.join(', ')} ${taken.length === 1 ? 'is' : 'are'} not empty. Choose another id, or delete ${taken.length === 1 ? 'it' : 'them'}.`,
    )
    return 1
  }
  return reported(io, async () => {
    const plan = await planned(request, io)
    if (plan === undefined) return 1
    for (const path of await writeProvider(io.root, plan)) io.print(`written  ${path}`)
    const status = await reported(io, () => write(io), FIX_SPEC)
    if (status !== 0) return status
    if (!(await finish(id, io))) return 1
    for (const line of plan.from?.untold ?? []) io.print(`not told by ${plan.from?.name}: ${line}`)
    io.print(nextSteps(id))
    return 0
  })
}

interface Request {
  readonly id: string
  readonly flow: FlowName
  readonly from: string | undefined
  readonly choices: StandardChoices
  /** The part of the servers' URLs that each user has of their own. */
  readonly tenant: string | undefined
}

/** What is asked for, or a sentence about what is wrong with it. */
function readRequest(args: readonly string[]): Request | string {
  const text = { type: 'string' } as const
  const options = {
    flow: text,
    from: text,
    client: text,
    content: text,
    tenant: text,
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [id, ...others] = positionals
    if (values.help || id === undefined || others.length > 0) return USAGE
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
      return `"${id}" is not in kebab-case. Write it like acme or acme-pay.`
    if (RESERVED.includes(id)) return `"${id}" is a package of this repository. Choose another id.`
    const { from, tenant } = values
    const flow = choose('flow', values.flow, names)
    const client = choose('client', values.client, CLIENTS)
    const content = choose('content', values.content, CONTENTS)
    for (const choice of [flow, client, content]) if (choice.mistake !== undefined) return choice.mistake
    if (flow.value === undefined) return `Which flow? Add --flow with one of ${names.join(', ')}.`
    if (tenant !== undefined && !/^[a-z][A-Za-z0-9]*$/.test(tenant))
      return `"${tenant}" is not a name for --tenant. Write it like shop or shopName.`
    const choices = { client: client.value, content: content.value }
    const mistake = mistakeIn(flow.value, choices, from)
    return mistake ?? { id, flow: flow.value, from, choices, tenant }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`
  }
}

/** What does not go together. */
function mistakeIn(flow: FlowName, { client, content }: StandardChoices, from: string | undefined): string | undefined {
  if (!flow.startsWith('oauth') && (client ?? content) !== undefined) {
    return '--client and --content are for the flows oauth and oauth-consent.'
  }
  if (flow === 'oauth' && client === 'none') {
    return 'Client credentials need a secret (RFC 6749 §4.4). --client none is for oauth-consent.'
  }
  return /^https?:/.test(from ?? '')
    ? `${from} is an address, and nothing is downloaded. Save the document, and give its file to --from.`
    : undefined
}

interface Choice<T> {
  readonly value?: T
  readonly mistake?: string
}

/** One of several words, or a sentence about any other. */
function choose<T extends string>(what: string, word: string | undefined, known: readonly T[]): Choice<T> {
  if (word === undefined) return {}
  const value = known.find((one) => one === word)
  if (value !== undefined) return { value }
  const meant = didYouMean(word, known)
  const hint = meant.length > 0 ? ` Did you mean ${meant.join(' or ')}?` : ''
  return { mistake: `Unknown ${what} "${word}".${hint} Available: ${known.join(', ')}.` }
}

// Folders of packages that aren't providers, also before they exist.
const RESERVED = ['core', 'stores', 'opentelemetry', 'simulator', 'cli', 'chaveiro']

async function planned({ id, flow, from, choices, tenant }: Request, { root, printError }: CommandIo) {
  const plan = planOf(id, flow, choices, tenant === undefined ? undefined : tenantOf(tenant, PLACEHOLDER))
  if (from === undefined) return plan
  try {
    return await recognise(plan, resolve(root, from), choices)
  } catch (error) {
    if (error instanceof TypeError) printError(error.message)
    else if (error instanceof Error && 'code' in error) printError(`${from} cannot be read (${String(error.code)}).`)
    else throw error
    return undefined
  }
}

const FIX_SPEC =
  'The files above are written: fix the spec, then run npx --yes pnpm@12.21.0 generate, install and surface.'

/** Brings the rest of the repository up to date: the lockfile, the builds, the reports of what is exported. Says whether it could. */
async function finish(id: string, { run, printError }: CommandIo): Promise<boolean> {
  try {
    await run?.('Adding the package to the workspace …', 'pnpm', [
      'install',
      '--no-frozen-lockfile',
      '--prefer-offline',
    ])
    // Of everything else nothing has changed.
    const built = [`@chaveiro/${id}`, '@chaveiro/simulator', '@chaveiro/reference'].map((name) => `--filter=${name}...`)
    await run?.('Building it …', 'turbo', ['run', 'build', ...built, '--output-logs=errors-only'])
    const folders = [`packages/${id}`, 'packages/simulator']
    const report = ['tools/reference/dist/main.js', 'surface', ...folders]
    await run?.('Writing the report of what it exports …', 'node', report)
    return true
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error))
    printError('The files are written. Fix this, then run npx --yes pnpm@12.21.0 install, and surface.')
    return false
  }
}

function nextSteps(id: string): string {
  return `
Next:
  1. Look up each PLACEHOLDER of specs/${id}/openapi.yaml and SOURCES.md; what no document says is undocumented.
     While you write, npx --yes pnpm@12.21.0 generate --watch says what does not fit.
  2. Teach the simulator what the documents say: packages/simulator/src/${id}/simulate-${id}.ts.
  3. Let npx --yes pnpm@12.21.0 watch packages/${id} run its tests while you work.
  4. npx --yes pnpm@12.21.0 provider ${id} says what is still missing, at any time.
The package is private until nothing is left to look up, so that no release takes it along.
docs/add-a-provider.md goes through it with an example.`
}
