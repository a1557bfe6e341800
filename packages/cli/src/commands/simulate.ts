import { once } from 'node:events'
import { loadSimulateTexts } from '../messages/simulate-texts.ts'
import { findProvider } from '../providers/find-provider.ts'
import { type SimulatedCertificates, simulatedCertificates } from '../providers/simulated-certificates.ts'
import { variableName } from '../providers/variable-name.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session, say } from '../session/session.ts'
import { hasKeys, readKeys } from '../simulate/keys.ts'
import { startLog } from '../simulate/live-log.ts'
import { readPlan, type SimulateOptions } from '../simulate/simulate-plan.ts'
import { type RunningProvider, type RunningSimulators, startSimulators } from '../simulate/start-simulators.ts'

/**
 * `chaveiro simulate`: simulators on loopback, until Ctrl-C or `q`. What they print first can be pasted into a shell; a line
 * for each request follows.
 */
export async function simulate(session: Session, ids: readonly string[], options: SimulateOptions): Promise<undefined> {
  const texts = await loadSimulateTexts(session.texts.language)
  const plan = readPlan(session, ids, options, texts)
  const certificates = simulatedCertificates()
  const running = await startSimulators(session, plan)
  try {
    for (const { provider, fault } of plan.faults) {
      const wanted = running.providers.filter(({ id }) => provider === undefined || id === provider)
      for (const { simulator } of wanted) prepare(() => simulator.faults.next(fault))
    }
    await introduce(session, running, certificates)
    const endLog = startLog(session, texts, running)
    say(session, hasKeys(session) ? texts.keys : session.texts.messages.simulating)
    const { signal } = session.interruption
    // Their sockets keep the process alive.
    if (hasKeys(session)) await readKeys(session, texts, running)
    else if (!signal.aborted) await once(signal, 'abort')
    endLog()
  } finally {
    await running.close()
    certificates.remove()
  }
}

/** The simulator says what is wrong with a fault: an operation that it doesn't have. */
function prepare(queue: () => unknown): void {
  try {
    queue()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Failure(EXIT.usage, 'usage', `--fault: ${error.message}.`)
  }
}

async function introduce(
  session: Session,
  { providers }: RunningSimulators,
  certificates: SimulatedCertificates,
): Promise<void> {
  for (const provider of providers) {
    const facts = await findProvider(provider.id, session).facts()
    const files = certificates.of(facts)
    const notes = Object.keys(files).length === 0 ? [] : session.texts.messages.simulatedCertificate
    for (const [index, account] of provider.accounts.entries()) {
      const name = index === 0 ? 'simulated' : `simulated-${index + 1}`
      const inputs = Object.entries({ ...account.inputs, ...files, ...account.device }).map(
        ([input, value]) => [facts.inputs[input]?.env ?? variableName(provider.id, input), value] as const,
      )
      if (session.json) {
        printJson(session, {
          event: 'account',
          provider: provider.id,
          account: name,
          url: provider.url.href,
          admin: adminOf(provider),
          env: Object.fromEntries(inputs),
        })
      } else session.stdout.write(`${paste(provider, name, { notes, inputs, redirectUri: account.redirectUri })}\n`)
    }
  }
  const [first] = providers
  if (first !== undefined && !session.json) session.stdout.write(`# ${adminOf(first)}\n\n`)
}

/** The admin API of all of them, and its page. */
function adminOf({ url }: RunningProvider): string {
  return new URL('/__simulator/', url).href
}

interface Pasted {
  /** Said in comments, which a shell passes over. */
  readonly notes: readonly string[]
  readonly inputs: readonly (readonly [string, string])[]
  readonly redirectUri: string | undefined
}

function paste({ id, url }: RunningProvider, name: string, { notes, inputs, redirectUri }: Pasted): string {
  const back = redirectUri === undefined ? '' : ` --redirect-uri ${redirectUri}`
  const comments = [id, ...notes].map((line) => `# ${line}`)
  const exports = inputs.map(([variable, value]) => `export ${variable}='${value}'`)
  return [...comments, ...exports, `chaveiro login ${id} --account ${name} --server ${url.origin}${back}`, ''].join(
    '\n',
  )
}
