import { Argument, type Command, Option } from 'commander'
import { token } from '../commands/token.ts'
import type { Texts } from '../messages/texts.ts'
import { PROVIDERS } from '../providers/registry.ts'
import type { Session } from '../session/session.ts'
import type { Host } from '../terminal/host.ts'
import { collect } from './collect.ts'
import type { CommandTexts, CommonOptions, Start } from './command-parts.ts'
import { fitHelp, helpWidth } from './fit-help.ts'
import { rootCommand } from './root-command.ts'
import { addServe } from './serve-command.ts'

/** How we were called. */
export interface Call {
  readonly host: Host
  readonly texts: Texts
  readonly words: readonly string[]
  readonly json: boolean
  /** What a command works with that these options were given to. */
  readonly sessionOf: (options: CommonOptions) => Session
}

/**
 * The commands, their arguments and their help, on one page. What they do is loaded when they are called, except for
 * `token`: scripts call it for every request, so what it needs is in the file that is loaded anyway.
 */
export async function program({ host, texts, words, json: isJson, sessionOf }: Call, begin: Start): Promise<Command> {
  const { help } = texts
  const ids = Object.keys(PROVIDERS)
  const width = helpWidth(host)
  const root = rootCommand(host, texts, isJson, width)
  const start: Start = (options, work) => begin({ ...root.opts(), ...options }, work)
  const lang = (): Option => new Option('--lang <language>', help.common.lang).choices(['en', 'pt-BR', 'pt'])
  root.addOption(lang())

  const command = (
    name: string,
    { description, json = help.common.json, after = '' }: CommandTexts,
    parent: Command = root,
  ): Command =>
    parent
      .command(name)
      .description(description)
      .addHelpText('after', ({ error }) => (isJson ? '' : fitHelp(after, error ? width.stderr : width.stdout)))
      .helpOption('-h, --help', help.helpOption)
      .addOption(lang())
      .option('--json', json)
  // What most commands take besides.
  const profile = (): Option => new Option('--profile <name>', help.common.profile)
  const oneOf = (name: string, description: string, choices: readonly string[]): Argument =>
    Object.assign(new Argument(name, description), { argChoices: [...choices] })
  const provider = (): Argument => oneOf('<provider>', help.common.provider, ids)
  const account = (): Option => new Option('--account <name>', help.common.account)
  const minValidity = (): Option => new Option('--min-validity <time>', help.common.minValidity)
  const tokenTimeout = (): Option => new Option('--timeout <time>', help.common.timeout)

  // Of those that can do without a profile.
  const fromVariables = (command: Command): Command =>
    command
      .option('--from-env', help.environment.fromEnv)
      .option('--server <name or URL>', help.environment.server)
      .option('--store <URL>', help.environment.store)
      .option('--state <folder>', help.environment.state)

  command('providers', help.providers).action((options) =>
    start(options, async (session) => (await import('../commands/providers.ts')).providers(session)),
  )
  command('login', help.login)
    .addArgument(provider())
    .option('--account <name>', help.login.account)
    .option('--server <name or URL>', help.login.server)
    .option('--tenant <name=value>', help.login.tenant, collect)
    .option('--from-file <path>', help.login.fromFile)
    .option('--scopes <names>', help.login.scopes)
    .option('--port <number>', help.login.port)
    .option('--redirect-uri <URL>', help.login.redirectUri)
    .option('--paste', help.login.paste)
    .addOption(tokenTimeout())
    .addOption(profile())
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/login.ts')).login(session, id, options)),
    )
  fromVariables(command('token', help.token))
    .addArgument(oneOf('[provider]', help.token.provider, ids))
    .addOption(account())
    .addOption(minValidity())
    .addOption(tokenTimeout())
    .addOption(profile())
    .action((id, options) => start(options, (session) => token(session, id, options)))
  fromVariables(command('request', help.request))
    .addArgument(provider())
    .argument('<words...>', help.request.words)
    .addOption(account())
    .option('-d, --data <body>', help.request.data)
    .option('-H, --header <header>', help.request.header, collect)
    .option('--retries <count>', help.request.retries)
    .option('--timeout <time>', help.request.timeout)
    .option('-i, --include', help.request.include)
    .option('--pick <pointer>', help.request.pick)
    .option('-v, --verbose', help.request.verbose)
    .addOption(profile())
    .action((id, target, options) =>
      start(options, async (session) => (await import('../commands/request.ts')).request(session, id, target, options)),
    )
  fromVariables(command('exec', help.exec))
    .addArgument(provider())
    .argument('<command...>', help.exec.command)
    .addOption(account())
    .option('--env <variable>', help.exec.env)
    .addOption(minValidity())
    .addOption(tokenTimeout())
    .addOption(profile())
    .action((id, line, options) =>
      start(options, async (session) => (await import('../commands/exec.ts')).exec(session, id, line, options)),
    )
  fromVariables(command('status', help.status))
    .addArgument(oneOf('[providers...]', help.status.providers, ids))
    .option('--watch', help.status.watch)
    .addOption(profile())
    .action((wanted, options) =>
      start(options, async (session) => (await import('../commands/status.ts')).status(session, wanted, options)),
    )
  command('tokens', help.tokens)
    .addArgument(oneOf('<action>', help.tokens.action, ['list', 'revoke', 'create']))
    .addArgument(provider())
    .argument('[id]', help.tokens.id)
    .addOption(account())
    .option('--lifetime <time>', help.tokens.lifetime)
    .addOption(profile())
    .action((action, id, tokenId, options) =>
      start(options, async (session) =>
        (await import('../commands/tokens.ts')).tokens(session, action, id, tokenId, options),
      ),
    )
  command('keep-alive', help.keepAlive)
    .option('--within <time>', help.keepAlive.within)
    .addOption(profile())
    .action((options) =>
      start(options, async (session) => (await import('../commands/keep-alive.ts')).keepAlive(session, options)),
    )
  fromVariables(command('env', help.env))
    .addArgument(provider())
    .addOption(account())
    .addOption(minValidity())
    .addOption(tokenTimeout())
    .addOption(profile())
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/env.ts')).env(session, id, options)),
    )
  fromVariables(command('keep', help.keep))
    .addArgument(provider())
    .option('--file <path>', help.keep.file)
    .option('--on-change <command>', help.keep.onChange)
    .addOption(account())
    .addOption(profile())
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/keep.ts')).keep(session, id, options)),
    )
  addServe(help.serve, { ids, profile, start, fromVariables, command })
  command('logout', help.logout)
    .addArgument(oneOf('[provider]', help.common.provider, ids))
    .addOption(account())
    .option('--all', help.logout.all)
    .addOption(profile())
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/logout.ts')).logout(session, id, options)),
    )
  command('store', help.store)
    .addArgument(oneOf('[kind]', help.store.kind, ['file', 'url']))
    .option('--from-file <path>', help.store.fromFile)
    .addOption(profile())
    .action((kind, options) =>
      start(options, async (session) => (await import('../commands/store.ts')).store(session, kind, options)),
    )
  command('doctor', help.doctor)
    .option('--server <URL>', help.doctor.server)
    .addOption(profile())
    .action((options) =>
      start(options, async (session) => (await import('../commands/doctor.ts')).doctor(session, options)),
    )
  command('simulate', help.simulate)
    .addArgument(oneOf('[providers...]', help.simulate.providers, ids))
    .option('--from <file>', help.simulate.from, collect)
    .option('--port <number>', help.simulate.port)
    .option('--fault <fault>', help.simulate.fault, collect)
    .option('--lifetime <time>', help.simulate.lifetime)
    .option('--accounts <count>', help.simulate.accounts)
    .option('--latency <time>', help.simulate.latency)
    .option('--seed <number>', help.simulate.seed)
    .option('--address <IP>', help.simulate.address)
    .option('--host <name>', help.simulate.host, collect)
    .action((wanted, options) =>
      start(options, async (session) => (await import('../commands/simulate.ts')).simulate(session, wanted, options)),
    )
  command('demo', help.demo)
    .addArgument(oneOf('[provider]', help.demo.provider, ids))
    .option('--server <name or URL>', help.demo.server)
    .option('--tenant <name=value>', help.login.tenant, collect)
    .action((id, options) =>
      start(options, async (session) => (await import('../commands/demo.ts')).demo(session, id, options)),
    )
  command('completion', help.completion)
    .addArgument(oneOf('<shell>', help.completion.shell, SHELLS))
    .action((shell, options) =>
      start(options, async (session) => (await import('../commands/completion.ts')).completion(session, shell, SHELLS)),
    )
  command('help', help.help)
    .argument('[command]', help.help.command)
    .action((name?: string) => {
      const about = name === undefined ? root : root.commands.find((one) => one.name() === name)
      if (about === undefined) return root.error(`unknown command '${name}'`, { code: 'commander.unknownCommand' })
      about.help()
    })
  if (words[0] === 'complete') {
    const { addCompletion } = await import('./completion.ts')
    const profile = words[words.indexOf('--profile') + 1 || words.length]
    await addCompletion(root, sessionOf({ profile: profile || undefined }), words)
  }
  return root
}

/** Those that `chaveiro completion` has a script for. */
const SHELLS: readonly string[] = ['bash', 'zsh', 'fish', 'powershell']
