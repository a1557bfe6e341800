import { Argument, type Command, type Option } from 'commander'
import type { HelpTexts } from '../messages/help.en.ts'
import { collect } from './collect.ts'
import type { CommandTexts, Start } from './command-parts.ts'

/** What the program makes its commands with. */
export interface CommandParts {
  /** The providers. */
  readonly ids: readonly string[]
  readonly profile: () => Option
  readonly start: Start
  /** Adds the options of a command that can do without a profile. */
  readonly fromVariables: (command: Command) => Command
  readonly command: (name: string, texts: CommandTexts, parent?: Command) => Command
}

/** `chaveiro serve`, and below it `keys`. */
export function addServe(
  help: HelpTexts['serve'],
  { ids, profile, start, fromVariables, command }: CommandParts,
): void {
  const serve = fromVariables(command('serve', help))
    .addArgument(Object.assign(new Argument('[providers...]', help.providers), { argChoices: [...ids] }))
    .option('--port <number>', help.port)
    .option('--address <IP>', help.address)
    .option('--host <name>', help.host, collect)
    .option('--socket <path>', help.socket)
    .option('--socket-mode <mode>', help.socketMode)
    .option('--socket-group <group>', help.socketGroup)
    .option('--tls-cert <file>', help.tlsCert)
    .option('--tls-key <file>', help.tlsKey)
    .option('--insecure-network', help.insecureNetwork)
    .option('--max-connections <count>', help.maxConnections)
    .option('--keys-file <path>', help.keysFile)
    .option('--log-paths', help.logPaths)
    .option('--metrics-accounts', help.metricsAccounts)
    .option('--demo', help.demo)
    .addOption(profile())
    .action((wanted, options) =>
      start(options, async (session) => {
        if (options.demo) return (await import('../commands/serve-demo.ts')).serveDemo(session, wanted, options)
        return (await import('../commands/serve.ts')).serve(session, wanted, options)
      }),
    )
  const actions = Object.assign(new Argument('<action>', help.keys.action), { argChoices: ['add', 'list', 'revoke'] })
  fromVariables(command('keys', help.keys, serve))
    .addArgument(actions)
    .argument('[name]', help.keys.name)
    .option('--allow <rule>', help.keys.allow, collect)
    .option('--door <name>', help.keys.door, collect)
    .option('--rate <rate>', help.keys.rate)
    .option('--valid-for <time>', help.keys.validFor)
    .option('--now', help.keys.now)
    .option('--keys-file <path>', help.keys.keysFile)
    .addOption(profile())
    .action((action, name, options) =>
      start(options, async (session) =>
        (await import('../commands/serve-keys.ts')).serveKeys(session, action, name, options),
      ),
    )
}
