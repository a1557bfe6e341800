import type { SimulateTexts } from '../messages/simulate.en.ts'
import type { AcceptedAccount } from '../providers/cli-provider.ts'
import { findProvider } from '../providers/find-provider.ts'
import type { SimulatedCertificates } from '../providers/simulated-certificates.ts'
import { variableName } from '../providers/variable-name.ts'
import { printJson, type Session } from '../session/session.ts'
import type { PlayedSpec } from './play-spec.ts'
import type { RunningProvider, RunningSimulators } from './start-simulators.ts'

/** What is printed of an account. */
interface Introduced {
  /** In comments, which a shell passes over. */
  readonly notes: readonly string[]
  /** By the variable that each input is named by. */
  readonly env: Readonly<Record<string, string>>
  /** What signs the account in, as a line for the shell. */
  readonly signIn?: (name: string) => string
  /** For programs, besides. */
  readonly more?: object
}

/** Prints every credential, as lines that can be pasted into a shell or as JSON. */
export async function introduce(
  session: Session,
  texts: SimulateTexts,
  { providers }: RunningSimulators,
  certificates: SimulatedCertificates,
): Promise<void> {
  for (const provider of providers) {
    const { id, url, spec } = provider
    for (const [index, account] of provider.accounts.entries()) {
      const name = index === 0 ? 'simulated' : `simulated-${index + 1}`
      const introduced =
        spec === undefined
          ? await knownAccount(session, provider, account, certificates)
          : specAccount(texts, { url, spec, account })
      const { env, more } = introduced
      if (session.json) {
        const admin = adminOf(provider)
        printJson(session, { event: 'account', provider: id, account: name, url: url.href, admin, env, ...more })
      } else session.stdout.write(`${pasted(id, name, introduced)}\n`)
    }
  }
  const [first] = providers
  if (first !== undefined && !session.json) session.stdout.write(`# ${texts.watchAt(adminOf(first))}\n\n`)
}

/** The admin API of all of them, and its page. */
function adminOf({ url }: RunningProvider): string {
  return new URL('/__simulator/', url).href
}

async function knownAccount(
  session: Session,
  { id, url }: RunningProvider,
  account: AcceptedAccount,
  certificates: SimulatedCertificates,
): Promise<Introduced> {
  const facts = await findProvider(id, session).facts()
  const files = certificates.of(facts)
  const inputs = Object.entries({ ...account.inputs, ...files, ...account.device })
  const back = account.redirectUri === undefined ? '' : ` --redirect-uri ${account.redirectUri}`
  return {
    notes: Object.keys(files).length === 0 ? [] : session.texts.messages.simulatedCertificate,
    env: Object.fromEntries(
      inputs.map(([input, value]) => [facts.inputs[input]?.env ?? variableName(id, input), value]),
    ),
    signIn: (name) => `chaveiro login ${id} --account ${name} --server ${url.origin}${back}`,
  }
}

interface PlayedAccount {
  readonly url: URL
  readonly spec: PlayedSpec
  readonly account: AcceptedAccount
}

/** No package of ours knows a spec, so there is nothing to sign in to: the addresses are for other programs. */
function specAccount(texts: SimulateTexts, { url, spec: { file, simulator }, account }: PlayedAccount): Introduced {
  const pages = simulator.pages.map((path) => new URL(path, url).href)
  const refreshToken = simulator.handsOut ? simulator.handOut() : undefined
  const named = Object.entries(account.inputs).map(
    ([input, value]) => [file.variables[input] ?? variableName(file.id, input), value] as const,
  )
  const own = refreshToken === undefined ? [] : [[variableName(file.id, 'refreshToken'), refreshToken] as const]
  return {
    notes: [texts.playedAt(file.path, url.origin), ...pages.map(texts.personAgrees)],
    env: Object.fromEntries([...named, ...own]),
    more: { spec: file.path, pages },
  }
}

function pasted(id: string, name: string, { notes, env, signIn }: Introduced): string {
  const comments = [id, ...notes].map((line) => `# ${line}`)
  const exports = Object.entries(env).map(([variable, value]) => `export ${variable}='${value}'`)
  return [...comments, ...exports, ...(signIn === undefined ? [] : [signIn(name)]), ''].join('\n')
}
