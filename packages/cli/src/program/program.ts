import { Argument, Command, Option } from 'commander'
import type { Texts } from '../language/texts.ts'
import { PROVIDERS } from '../providers/registry.ts'
import type { Session } from './session.ts'
import { version } from './version.ts'

/** What every command takes. */
export interface CommonOptions {
  readonly json?: boolean
  readonly profile?: string
}

/** Makes a session of the options and gives it to the work, whose outcome may be an exit code. */
export type Start = (options: CommonOptions, work: (session: Session) => Promise<number | undefined>) => Promise<void>

/** The commands, their arguments and their help, on one page. What they do is loaded when they are called. */
export async function program(texts: Texts, words: readonly string[], start: Start): Promise<Command> {
  const { help } = texts
  const ids = Object.keys(PROVIDERS)
  const root = rootCommand(texts)
  const lang = (): Option => new Option('--lang <language>', help.common.lang).choices(['en', 'pt-BR', 'pt'])
  root.addOption(lang())

  const command = (name: string, { description, after = '' }: { description: string; after?: string }): Command =>
    root
      .command(name)
      .description(description)
      .addHelpText('after', after)
      .helpOption('-h, --help', help.helpOption)
      .addOption(lang())
  // What most commands take besides.
  const profile = (): Option => new Option('--profile <name>', help.common.profile)
  const json = (): Option => new Option('--json', help.common.json)
  const oneOf = (name: string, description: string, choices: readonly string[]): Argument =>
    Object.assign(new Argument(name, description), { argChoices: [...choices] })
  const provider = (): Argument => oneOf('<provider>', help.common.provider, ids)
  const account = (): Option => new Option('--account <name>', help.common.account)
  const minValidity = (): Option => new Option('--min-validity <time>', help.common.minValidity)
  const tokenTimeout = (): Option => new Option('--timeout <time>', help.common.timeout)

  command('providers', help.providers)
    .addOption(json())
    .action((options) =>
      start(options, async (session) => (await import('../commands/providers.ts')).providers(session)),
    )
  command('login', help.login)
    .addArgument(provider())
    .option('--account <name>', help.login.account)
    .option('--server <name or URL>', help.login.server)
    .option('--from-file <path>', help.login.fromFile)
    .addOption(tokenTimeout())
    .addOption(profile())
    .addOption(json())
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/login.ts')).login(session, id, options)),
    )
  command('token', help.token)
    .addArgument(provider())
    .addOption(account())
    .addOption(minValidity())
    .addOption(tokenTimeout())
    .addOption(profile())
    .addOption(json())
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/token.ts')).token(session, id, options)),
    )
  command('request', help.request)
    .addArgument(provider())
    .argument('<words...>', help.request.words)
    .addOption(account())
    .option('-d, --data <body>', help.request.data)
    .option('-H, --header <header>', help.request.header, collect)
    .option('--retries <count>', help.request.retries)
    .option('--timeout <time>', help.request.timeout)
    .option('-v, --verbose', help.request.verbose)
    .addOption(profile())
    .addOption(json())
    .action((id, target, options) =>
      start(options, async (session) => (await import('../commands/request.ts')).request(session, id, target, options)),
    )
  command('exec', help.exec)
    .addArgument(provider())
    .argument('<command...>', help.exec.command)
    .addOption(account())
    .option('--env <variable>', help.exec.env)
    .addOption(minValidity())
    .addOption(tokenTimeout())
    .addOption(profile())
    .addOption(json())
    .action((id, line, options) =>
      start(options, async (session) => (await import('../commands/exec.ts')).exec(session, id, line, options)),
    )
  command('status', help.status)
    .option('--watch', help.status.watch)
    .addOption(profile())
    .addOption(json())
    .action((options) =>
      start(options, async (session) => (await import('../commands/status.ts')).status(session, options)),
    )
  command('tokens', help.tokens)
    .addArgument(oneOf('<action>', help.tokens.action, ['list', 'revoke', 'create']))
    .addArgument(provider())
    .argument('[id]', help.tokens.id)
    .addOption(account())
    .option('--lifetime <time>', help.tokens.lifetime)
    .addOption(profile())
    .addOption(json())
    .action((action, id, tokenId, options) =>
      start(options, async (session) =>
        (await import('../commands/tokens.ts')).tokens(session, action, id, tokenId, options),
      ),
    )
  command('logout', help.logout)
    .addArgument(oneOf('[provider]', help.common.provider, ids))
    .addOption(account())
    .option('--all', help.logout.all)
    .addOption(profile())
    .addOption(json())
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/logout.ts')).logout(session, id, options)),
    )
  command('store', help.store)
    .addArgument(oneOf('[kind]', help.store.kind, ['file', 'url']))
    .option('--from-file <path>', help.store.fromFile)
    .addOption(profile())
    .addOption(json())
    .action((kind, options) =>
      start(options, async (session) => (await import('../commands/store.ts')).store(session, kind, options)),
    )
  command('doctor', help.doctor)
    .option('--server <URL>', help.doctor.server)
    .addOption(profile())
    .addOption(json())
    .action((options) =>
      start(options, async (session) => (await import('../commands/doctor.ts')).doctor(session, options)),
    )
  command('simulate', help.simulate)
    .addArgument(oneOf('[providers...]', help.simulate.providers, ids))
    .option('--port <number>', help.simulate.port)
    .addOption(json())
    .action((wanted, options) =>
      start(options, async (session) => (await import('../commands/simulate.ts')).simulate(session, wanted, options)),
    )
  command('demo', help.demo)
    .addArgument(oneOf('[provider]', help.demo.provider, ids))
    .option('--server <name or URL>', help.demo.server)
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/demo.ts')).demo(session, id, options)),
    )
  // Elsewhere it is a line of the help.
  const [name] = words
  if (name === 'completion' || name === 'complete') (await import('./completion.ts')).addCompletion(root)
  else command('completion', help.completion).argument('<shell>', help.completion.shell)
  return root
}

/** An option that may be given several times. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function rootCommand(texts: Texts): Command {
  const { help, language } = texts
  const titles: Readonly<Record<string, string>> = {
    'Usage:': help.titles.usage,
    'Arguments:': help.titles.arguments,
    'Options:': help.titles.options,
    'Commands:': help.titles.commands,
  }
  const inLanguage = (usage: string): string =>
    language === 'pt-BR' ? usage.replace('[options]', '[opções]').replace('[command]', '[comando]') : usage
  return new Command('chaveiro')
    .description(help.description)
    .version(version(), '-v, --version', help.version)
    .helpOption('-h, --help', help.helpOption)
    .helpCommand('help [command]', help.helpCommand)
    .addHelpText('after', help.after)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      styleUsage: inLanguage,
      styleSubcommandTerm: inLanguage,
      // Commander would add the choices and defaults once more, in English.
      argumentDescription: ({ description }) => description,
      optionDescription: ({ description }) => description,
    })
}
