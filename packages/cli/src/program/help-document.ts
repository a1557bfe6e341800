import type { Command, Help } from 'commander'

/** The help of a command as JSON: what it takes, and which commands are below it. */
export function helpDocument(command: Command, helper: Help): string {
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
