import { once } from 'node:events'
import { listen, type SimulatorServer } from '@chaveiro/simulator/server'
import { findProvider } from '../providers/find-provider.ts'
import { PROVIDERS } from '../providers/registry.ts'
import { simulatedCertificates } from '../providers/simulated-certificates.ts'
import { variableName } from '../providers/variable-name.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session, say } from '../session/session.ts'

export interface SimulateOptions {
  readonly port?: string
}

/** `chaveiro simulate`: simulators on loopback, until Ctrl-C. What they print can be pasted into a shell. */
export async function simulate(
  session: Session,
  ids: readonly string[],
  { port }: SimulateOptions,
): Promise<undefined> {
  const { texts, interruption } = session
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536)) {
    throw new Failure(EXIT.usage, 'usage', texts.talk.badPort(port))
  }
  const servers: SimulatorServer[] = []
  const certificates = simulatedCertificates()
  try {
    const wanted = ids.length === 0 ? Object.keys(PROVIDERS) : ids
    for (const [index, id] of wanted.entries()) {
      const provider = findProvider(id, session)
      const facts = await provider.facts()
      const simulated = await provider.simulate()
      const server = await listenAt(session, simulated, port === undefined ? 0 : Number(port) + index)
      servers.push(server)
      const files = certificates.of(facts)
      const known = Object.entries({ ...simulated.inputs, ...files, ...simulated.device })
      const inputs = known.map(([name, value]) => [facts.inputs[name]?.env ?? variableName(id, name), value])
      const notes = Object.keys(files).length === 0 ? [] : texts.talk.simulatedCertificate
      if (session.json) printJson(session, { provider: id, url: server.url.href, env: Object.fromEntries(inputs) })
      else session.stdout.write(`${paste(id, server.url, { notes, inputs, redirectUri: simulated.redirectUri })}\n`)
    }
    say(session, texts.talk.simulating)
    // Their sockets keep the process alive.
    if (!interruption.signal.aborted) await once(interruption.signal, 'abort')
  } finally {
    await Promise.all(servers.map((server) => server.close()))
    certificates.remove()
  }
}

async function listenAt(
  session: Session,
  ...[simulated, port]: [Parameters<typeof listen>[0], number]
): Promise<SimulatorServer> {
  try {
    return await listen(simulated, { port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Failure(EXIT.failed, 'port', session.texts.talk.portTaken(port, code))
  }
}

interface Pasted {
  /** Said in comments, which a shell passes over. */
  readonly notes: readonly string[]
  readonly inputs: readonly (readonly (string | undefined)[])[]
  readonly redirectUri: string | undefined
}

function paste(id: string, url: URL, { notes, inputs, redirectUri }: Pasted): string {
  const back = redirectUri === undefined ? '' : ` --redirect-uri ${redirectUri}`
  const comments = [id, ...notes].map((line) => `# ${line}`)
  const exports = inputs.map(([name, value]) => `export ${name}='${value}'`)
  return [...comments, ...exports, `chaveiro login ${id} --account simulated --server ${url.origin}${back}`, ''].join(
    '\n',
  )
}
