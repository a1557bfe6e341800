import { Command, type Help, Option } from 'commander'
import type { Texts } from '../messages/texts.ts'
import type { Host } from '../terminal/host.ts'
import { fitHelp, type HelpWidth, NARROWEST } from './fit-help.ts'

/** `chaveiro` itself: how help, version and errors look, for people or, with `json`, for programs. */
export function rootCommand(host: Host, { help, language }: Texts, json: boolean, width: HelpWidth): Command {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': help.titles.usage,
    'Arguments:': help.titles.arguments,
    'Options:': help.titles.options,
    'Commands:': help.titles.commands,
  }
  const inLanguage = (usage: string): string =>
    language === 'pt-BR' ? usage.replace('[options]', '[opções]').replace('[command]', '[comando]') : usage
  return (
    new Command('chaveiro')
      .description(help.description)
      .version(json ? JSON.stringify({ version: version() }) : version(), '-v, --version', help.version)
      .helpOption('-h, --help', help.helpOption)
      // A command of ours, which takes options like any other.
      .helpCommand(false)
      .addHelpText('after', ({ error }) => (json ? '' : fitHelp(help.after, error ? width.stderr : width.stdout)))
      .addOption(new Option('--json', help.common.json))
      .enablePositionalOptions()
      .exitOverride()
      // Help in place of a command that is missing goes to stderr, where programs want an error.
      .configureOutput({
        outputError: () => {},
        getOutHelpWidth: () => width.stdout,
        getErrHelpWidth: () => width.stderr,
        writeOut: (text) => host.stdout.write(text),
        writeErr: (text) => json || host.stderr.write(text),
      })
      .configureHelp({
        minWidthToWrap: NARROWEST,
        ...(json && { formatHelp: (command: Command, helper: Help) => `${helpDocument(command, helper)}\n` }),
        styleTitle: (title) => titles[title] ?? title,
        styleUsage: inLanguage,
        // All of them take options, so the list doesn't say it.
        subcommandTerm: (command) => `${command.name()} ${command.usage().replace(/^\[options\] ?/, '')}`.trim(),
        styleSubcommandTerm: inLanguage,
        // Commander would add the choices and defaults once more, in English.
        argumentDescription: ({ description }) => description,
        optionDescription: ({ description }) => description,
      })
  )
}

/** The help of a command as JSON: what it takes, and which commands are below it. */
function helpDocument(command: Command, helper: Help): string {
  return JSON.stringify({
    command: command.name(),
    usage: helper.commandUsage(command),
    description: helper.commandDescription(command),
    arguments: helper.visibleArguments(command).map((argument) => ({
      name: argument.name(),
      description: argument.description,
      required: argument.required,
      choices: argument.argChoices ?? null,
    })),
    options: helper.visibleOptions(command).map(({ flags, description }) => ({ flags, description })),
    commands: helper
      .visibleCommands(command)
      .map((below) => ({ name: below.name(), description: below.description() })),
  })
}

// Defined by the build.
declare const CHAVEIRO_VERSION: string

/** The version of this package. */
function version(): string {
  return CHAVEIRO_VERSION
}
