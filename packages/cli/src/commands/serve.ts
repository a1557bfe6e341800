import { type EnvironmentChoice, type EnvironmentOptions, environmentChoice } from '../accounts/environment-options.ts'
import { profileWords, quoted } from '../accounts/shell-words.ts'
import type { ServeTexts } from '../messages/serve.en.ts'
import { loadServeTexts } from '../messages/serve-texts.ts'
import { openServedAccounts } from '../serve/accounts/find-accounts.ts'
import type { ServedAccounts } from '../serve/accounts/served-accounts.ts'
import { type ListenOptions, readListenOptions } from '../serve/door/listen-options.ts'
import { type KeyPlaceChoice, keyPlaceFor } from '../serve/keys/open-key-place.ts'
import { startServer } from '../serve/server.ts'
import { stopAsked } from '../serve/stop-signals.ts'
import { systemClock } from '../serve/system-clock.ts'
import { EXIT } from '../session/exit-code.ts'
import { type Session, say } from '../session/session.ts'

export interface ServeOptions extends ListenOptions, EnvironmentOptions {
  readonly keysFile?: string
  readonly logPaths?: boolean
  readonly metricsAccounts?: boolean
  readonly demo?: boolean
}

/** `chaveiro serve`: the accounts over HTTP, for programs in any language, until Ctrl-C. The log goes to stdout. */
export async function serve(session: Session, providers: readonly string[], options: ServeOptions): Promise<number> {
  const { keysFile, logPaths = false, metricsAccounts = false } = options
  const texts = await loadServeTexts(session.texts.language)
  const place = readListenOptions(options, texts)
  const environment = environmentChoice(session, options)
  const accounts = await openServedAccounts(session, providers, environment)
  const server = await closingOnError(accounts, async () => {
    const keyPlace = await keyPlaceFor(session, texts, { keysFile, environment }, accounts.tokens)
    const write = (lines: string): void => void session.stdout.write(lines)
    return startServer({ accounts, keyPlace, place, texts, clock: systemClock, write, logPaths, metricsAccounts })
  })
  session.host.once('exit', () => server.flushLog())
  if (logPaths) say(session, texts.pathsAreLogged)
  if (!server.hasKeys) say(session, texts.noKeys(exampleOf(session, accounts, { keysFile, environment })))
  say(session, texts.listening(server.url, accounts.all().length))
  await stopAsked(session)
  sayStopping(session, texts)
  // A token call that goes on keeps the process alive, and 10 s are over.
  if (!(await server.stop())) session.host.exit(EXIT.unavailable)
  return EXIT.done
}

async function closingOnError<T>(accounts: ServedAccounts, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await accounts.close()
    throw error
  }
}

/** A command that makes a key where this server looks for keys. */
function exampleOf(session: Session, accounts: ServedAccounts, { keysFile, environment }: KeyPlaceChoice): string {
  const [first] = accounts.all()
  const place =
    keysFile !== undefined
      ? ['--keys-file', quoted(keysFile)]
      : environment === undefined
        ? profileWords(session)
        : environmentWords(environment)
  return [`chaveiro serve keys add ci --allow '${first?.provider ?? ''}/*'`, ...place].join(' ')
}

/** A URL may hold a password, so it is left for the reader to fill in. */
function environmentWords({ store, state }: EnvironmentChoice): readonly string[] {
  return ['--from-env', ...(state ? ['--state', quoted(state)] : store ? ['--store', 'URL'] : [])]
}

function sayStopping(session: Session, texts: ServeTexts): void {
  if (!session.isUnread()) say(session, texts.stopping)
}
