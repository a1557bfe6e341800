import { execFileSync } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { type Home, MAIN } from './home.ts'

/** A real terminal, with a typing user. */
export interface Terminal {
  /** Types text, and presses nothing. */
  type(text: string): void
  /** Types a line and presses Enter. */
  enter(text: string): void
  /** Pastes text as terminals do: with marks around it where the program asks for them. */
  paste(text: string): void
  /** The same right after a key, before the program can act on it. */
  pressAndPaste(key: string, text: string): void
  /** A key by tmux's name: `Enter`, `C-c`, `Tab`. */
  press(key: string): void
  screen(): string
  /** The screen with its colours, as escapes. */
  colours(): string
  /** What is on the screen once it matches; fails with the screen as it is when that takes too long. */
  until(pattern: RegExp): Promise<string>
}

const EVERY_MS = 50
const PATIENCE_MS = 30_000

/** Opens a terminal that runs a shell, in which `chaveiro` is the built command, or another copy of it. */
export function openTerminal(
  home: Home,
  env: Readonly<Record<string, string>> = {},
  columns = 120,
  main: string = MAIN,
): Terminal {
  // A server of its own, without a user's settings.
  const socket = `${home.path}/tmux`
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-f', '/dev/null', '-S', socket, ...args], {
      encoding: 'utf8',
      env: { ...home.env, TERM: 'screen' },
    })
  const settings = Object.entries({ ...home.env, ...env }).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  const shell = `bash --noprofile --norc -c 'chaveiro() { "${process.execPath}" "${main}" "$@"; }; export -f chaveiro; PS1="ready> " HISTFILE=/dev/null exec bash --noprofile --norc'`
  tmux('new-session', '-d', '-x', String(columns), '-y', '40', ...settings, shell)
  onTestFinished(() => void tmux('kill-server'))
  const screen = (): string => tmux('capture-pane', '-p')
  return {
    type: (text) => void tmux('send-keys', '-l', text),
    enter(text) {
      tmux('send-keys', '-l', text)
      tmux('send-keys', 'Enter')
    },
    paste(text) {
      tmux('set-buffer', '--', text)
      tmux('paste-buffer', '-p')
    },
    pressAndPaste(key, text) {
      tmux('set-buffer', '--', text)
      tmux('send-keys', key, ';', 'paste-buffer', '-p')
    },
    press: (key) => void tmux('send-keys', key),
    screen,
    colours: () => tmux('capture-pane', '-p', '-e'),
    async until(pattern) {
      const deadline = performance.now() + PATIENCE_MS
      for (;;) {
        const shown = screen()
        if (pattern.test(shown)) return shown
        if (performance.now() > deadline) throw new Error(`${pattern} is not on the screen:\n${shown}`)
        await setTimeout(EVERY_MS)
      }
    },
  }
}
