import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { newScene, signedIn } from './support/scene.ts'
import { openTerminal } from './support/terminal.ts'

const MINUTE = 60_000

describeWith(['tmux'], 'in a terminal', () => {
  it(
    'login asks for server and inputs, and echoes no secret',
    async () => {
      const scene = await newScene()
      const { consumerKey, secretKey } = scene.simulator.credentials
      const terminal = openTerminal(scene.home)
      await terminal.until(/ready>/)
      terminal.enter('chaveiro login bitize')
      await terminal.until(/Which Bitize server\?/)
      // The last one of the list: another server.
      terminal.press('Up')
      terminal.press('Enter')
      await terminal.until(/URL/)
      terminal.enter(`${scene.url}`)
      await terminal.until(/consumerKey: The Consumer Key/)
      terminal.enter(`${consumerKey}`)
      await terminal.until(/secretKey: The Secret Key/)
      terminal.press('Enter')
      await terminal.until(/Enter a value/)
      terminal.enter(`${secretKey}`)
      const screen = await terminal.until(/Signed in to Bitize/)
      expect(screen).toContain(consumerKey)
      expect(screen).not.toContain(secretKey)
      expect(scene.simulator.requests).toHaveLength(1)
    },
    MINUTE,
  )

  it(
    'Ctrl-C in a prompt ends the command with 130 and keeps nothing',
    async () => {
      const scene = await newScene()
      const terminal = openTerminal(scene.home)
      await terminal.until(/ready>/)
      terminal.enter(`chaveiro login bitize --server ${scene.url}; echo "code $?"`)
      await terminal.until(/consumerKey: The Consumer Key/)
      terminal.press('C-c')
      await terminal.until(/code 130/)
      expect(scene.simulator.requests).toHaveLength(0)
      expect(await scene.run(['status', '--json'])).toMatchObject({ stdout: '[]\n' })
    },
    MINUTE,
  )

  it(
    'asks in Portuguese where the locale is',
    async () => {
      const scene = await newScene()
      const terminal = openTerminal(scene.home, { LC_ALL: 'pt_BR.UTF-8' })
      await terminal.until(/ready>/)
      terminal.enter('chaveiro login bitize')
      expect(await terminal.until(/Qual servidor de Bitize\?/)).toContain('outro')
      terminal.press('C-c')
      await terminal.until(/ready> *$/m)
    },
    MINUTE,
  )

  it(
    'status --watch counts down in place, and Ctrl-C leaves the table and a whole terminal',
    async () => {
      const scene = await signedIn({ accessTokenLifetimeMs: 3_600_000 })
      const terminal = openTerminal(scene.home)
      await terminal.until(/ready>/)
      terminal.enter('chaveiro status --watch; echo "code $?"')
      const first = await terminal.until(/bitize +default +valid +\S+ +59 min \d+ s/)
      const [shown = ''] = /59 min \d+ s/.exec(first) ?? []
      const later = await terminal.until(new RegExp(`59 min (?!${shown.slice(7)}\\b)\\d+ s`))
      expect(later.match(/bitize/g)).toHaveLength(1)
      terminal.press('C-c')
      const end = await terminal.until(/code 130/)
      expect(end.match(/bitize/g)).toHaveLength(1)
      terminal.enter('echo still here')
      await terminal.until(/^still here$/m)
    },
    MINUTE,
  )

  it(
    'status --watch stays in place where its lines are wider than the terminal',
    async () => {
      const scene = await signedIn({ accessTokenLifetimeMs: 3_600_000 })
      const terminal = openTerminal(scene.home, {}, 50)
      await terminal.until(/ready>/)
      terminal.enter('chaveiro status --watch')
      const [shown = ''] = /59 min \d+ s/.exec(await terminal.until(/59 min \d+ s/)) ?? []
      const later = await terminal.until(new RegExp(`59 min (?!${shown.slice(7)}\\b)\\d+ s`))
      expect(later.match(/bitize/g)).toHaveLength(1)
      expect(later.match(/state/g)).toHaveLength(1)
      terminal.press('C-c')
      await terminal.until(/ready> *$/m)
    },
    MINUTE,
  )

  it(
    'exec gives Ctrl-C to the command once',
    async () => {
      const scene = await signedIn()
      const terminal = openTerminal(scene.home)
      await terminal.until(/ready>/)
      const code = `process.on('SIGINT', () => console.log('heard')); setTimeout(() => process.exit(5), 1500); console.log('run' + 'ning')`
      terminal.enter(`chaveiro exec bitize -- node -e "${code}"; echo "code $?"`)
      await terminal.until(/running/)
      terminal.press('C-c')
      const screen = await terminal.until(/code 5/)
      expect(screen.match(/^(\^C)?heard$/gm)).toHaveLength(1)
    },
    MINUTE,
  )

  it(
    'colours the state, and NO_COLOR does not',
    async () => {
      const scene = await signedIn()
      const coloured = `chaveiro status > "$HOME/plain"; chaveiro status; NO_COLOR=1 chaveiro status; echo done`
      const terminal = openTerminal(scene.home, { TERM: 'screen' })
      await terminal.until(/ready>/)
      terminal.enter(coloured)
      await terminal.until(/^done$/m)
      const painted = terminal.colours()
      expect(painted.split('\u001b[32mvalid')).toHaveLength(2)
      expect(scene.home.contents()).not.toContain('\u001b[32m')
    },
    MINUTE,
  )
})
