import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { openTerminal } from './support/terminal.ts'

describeWith(['tmux'], 'simulate in a terminal', () => {
  it('prepares faults and lets days pass at a key, and quits at q', async () => {
    const terminal = openTerminal(newHome(), {}, 110)
    await terminal.until(/ready>/)
    terminal.enter('chaveiro simulate bitize --lifetime 1h; echo "code $?"')
    const shown = await terminal.until(/\[q\] quit/)
    const url = /--server (\S+)/.exec(shown)?.[1] ?? ''
    terminal.press('3')
    await terminal.until(/The next request will get the fault 503\./)
    expect((await fetch(`${url}/vendors`)).status).toBe(503)
    await terminal.until(/GET \/vendors +503 {2}listVendors {2}fault: status/)
    expect((await fetch(`${url}/vendors`)).status).toBe(401)
    await terminal.until(/GET \/vendors +401 {2}no access token/)
    terminal.press('1')
    await terminal.until(/the fault 401\./)
    terminal.press('c')
    await terminal.until(/1 fault cleared\./)
    terminal.press('d')
    await terminal.until(/A day has passed\./)
    terminal.press('r')
    await terminal.until(/were cleared/)
    terminal.press('q')
    await terminal.until(/^code 0$/m)
    terminal.enter('echo still here')
    await terminal.until(/^still here$/m)
  }, 60_000)

  it('ends at Ctrl-C, and leaves a whole terminal', async () => {
    const terminal = openTerminal(newHome(), {}, 110)
    await terminal.until(/ready>/)
    terminal.enter('chaveiro simulate genpag --lang pt-BR; echo "code $?"')
    await terminal.until(/\[q\] sair/)
    terminal.press('C-c')
    await terminal.until(/^code 130$/m)
    terminal.enter('echo still here')
    expect(await terminal.until(/^still here$/m)).toContain('code 130')
  }, 60_000)
})
