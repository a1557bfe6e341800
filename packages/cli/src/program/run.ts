import { CommanderError } from 'commander'
import { loadTexts } from '../messages/texts.ts'
import { EXIT } from '../session/exit-code.ts'
import { watchInterruption } from '../session/interruption.ts'
import type { Session } from '../session/session.ts'
import type { Host, Output } from '../terminal/host.ts'
import { createKeyboard } from '../terminal/keyboard.ts'
import type { CommonOptions } from './command-parts.ts'
import { languageOf, wantsJson } from './early-options.ts'
import { program } from './program.ts'
import { reportFailure, reportUsage } from './report-failure.ts'
import { type OutputTrouble, outputFailure, outputTrouble, writeWhole } from './stdout.ts'

/** Runs the command that these words name, in this process; the outcome is its exit code. */
export async function run(words: readonly string[], host: Host): Promise<void> {
  const { env, stdout, stderr } = host
  const texts = await loadTexts(languageOf(words, env))
  const json = wantsJson(words)
  const interruption = watchInterruption(host, texts, json)
  let trouble: OutputTrouble | undefined
  writeWhole(stdout)
  const keyboard = createKeyboard(host, interruption.interrupt)
  // The command ends in order, because a token call under way may have spent a refresh token: its answer is kept.
  stdout.on('error', (error) => {
    trouble ??= outputTrouble(error)
    interruption.stop()
  })
  // Nothing can be said any more. The work goes on, and its exit code tells the outcome.
  stderr.on('error', () => {})
  const sessionOf = ({ json = false, profile }: CommonOptions): Session => ({
    host,
    env,
    removeVariables: (names) => {
      for (const name of names) delete env[name]
    },
    stdout,
    stderr,
    texts,
    interruption,
    isUnread: () => trouble?.isClosed === true,
    keyboard,
    json,
    // Opened when first read, because opening takes longer than printing a token.
    get stdin() {
      return host.stdin
    },
    profile: profile ?? (env['CHAVEIRO_PROFILE'] || 'default'),
  })
  let session = sessionOf({ json })
  let exit: number = EXIT.done
  try {
    const root = await program({ host, texts, words, json, sessionOf }, async (options, work) => {
      session = sessionOf(options)
      exit = (await work(session)) ?? EXIT.done
    })
    await root.parseAsync(words, { from: 'user' })
    await flushed(stdout)
  } catch (error) {
    const isUsage = error instanceof CommanderError
    if (interruption.exit() === undefined && trouble === undefined)
      exit = isUsage ? reportUsage(session, error) : reportFailure(session, error)
    await flushed(stdout)
  }
  host.exitCode = interruption.exit() ?? exitWith(session, trouble, exit)
  await keyboard.close()
}

/** The exit code of the command, or of its unwritable output. */
function exitWith(session: Session, trouble: OutputTrouble | undefined, exit: number): number {
  if (trouble === undefined) return exit
  return trouble.isClosed ? EXIT.done : reportFailure(session, outputFailure(trouble, session.texts))
}

/** Waits until what was printed is written, or known to be lost. */
async function flushed(stdout: Output): Promise<void> {
  await new Promise((resolve) => stdout.write('', resolve))
}
