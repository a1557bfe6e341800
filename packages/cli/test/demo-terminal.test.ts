import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { openTerminal } from './support/terminal.ts'

describeWith(['tmux'], 'demo in a terminal', () => {
  it('shows which scene it plays, and Ctrl-C ends it at once and leaves a whole terminal', async () => {
    const terminal = openTerminal(newHome(), {}, 80)
    await terminal.until(/ready>/)
    terminal.enter('chaveiro demo; echo "code $?"')
    await terminal.until(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] a thousand requests share it/)
    terminal.press('C-c')
    const screen = await terminal.until(/^code 130$/m)
    expect(screen).toMatch(/Interrupted\.\ncode 130/)
    expect(screen).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/)
    expect(screen).not.toMatch(/\n\s+at /)
    terminal.enter('echo still here')
    await terminal.until(/^still here$/m)
  }, 60_000)
})

it('prints its table into a pipe, without colours or anything that moves', async () => {
  // Some libraries print colours under CI, even into a pipe.
  const { child, outcome } = newHome().start(['demo'], { env: { CI: 'true' } })
  let printed = ''
  child.stdout?.on('data', (chunk) => {
    printed += String(chunk)
    if (printed.includes('✓ a thousand requests share it')) child.kill('SIGINT')
  })
  const { status, stderr } = await outcome
  expect({ status, stderr }).toEqual({ status: 130, stderr: 'Interrupted.\n' })
  expect(printed).not.toContain('\u001b')
  expect(printed).not.toMatch(/[✗⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/)
}, 60_000)
