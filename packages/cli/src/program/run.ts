import { CommanderError } from 'commander'
import { languageOf, loadTexts } from '../language/texts.ts'
import { createKeyboard } from '../terminal/keyboard.ts'
import { EXIT } from './exit-code.ts'
import { watchInterruption } from './interruption.ts'
import { ownWords } from './own-words.ts'
import { type CommonOptions, program } from './program.ts'
import { reportFailure, reportUsage } from './report-failure.ts'
import type { Session } from './session.ts'

/** Runs the command that these words name; the outcome is the process's exit code. */
export async function run(words: readonly string[]): Promise<void> {
  const { env, stdout, stderr } = process
  const texts = await loadTexts(languageOf(words, env))
  // Looked at before anything is parsed, because wrong words are reported as JSON too.
  const json = ownWords(words).includes('--json')
  const interruption = watchInterruption(stderr, texts, json)
  const keyboard = createKeyboard(() => process.stdin, stderr, interruption.interrupt)
  // Whoever reads the output has closed it, as `head` does: there is nobody left to talk to.
  stdout.on('error', (error: Error & { code?: string }) =>
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed),
  )
  const sessionOf = ({ json = false, profile }: CommonOptions): Session => ({
    env,
    stdout,
    stderr,
    texts,
    interruption,
    keyboard,
    json,
    // Opened when somebody reads it, which takes longer than printing a token.
    get stdin() {
      return process.stdin
    },
    profile: profile ?? (env['CHAVEIRO_PROFILE'] || 'default'),
  })
  let session = sessionOf({ json })
  try {
    const root = await program({ texts, words, json }, async (options, work) => {
      session = sessionOf(options)
      const exit = await work(session)
      if (exit !== undefined) process.exitCode = exit
    })
    await root.parseAsync(words, { from: 'user' })
  } catch (error) {
    const isUsage = error instanceof CommanderError
    process.exitCode = interruption.exit() ?? (isUsage ? reportUsage(session, error) : reportFailure(session, error))
  }
  process.exitCode = interruption.exit() ?? process.exitCode ?? EXIT.done
  await keyboard.close()
}
