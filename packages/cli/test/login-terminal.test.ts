import { describeWith } from '@chaveiro/test-servers'
import { expect, it, vi } from 'vitest'
import { newScene, type Scene } from './support/scene.ts'
import { openTerminal, type Terminal } from './support/terminal.ts'

const MINUTE = 60_000
const LATE = 'late-canary'

describeWith(['tmux'], 'login in a terminal', () => {
  it(
    'asks again for a denied secret, and only for that',
    async () => {
      const { scene, terminal } = await atSecretKey()
      terminal.enter('not-the-key')
      await terminal.until(/Bitize denied these inputs\. Enter secretKey again/)
      await terminal.until(/secretKey: [^▪]*▪+[^▪]*secretKey: /)
      terminal.enter(scene.simulator.credentials.secretKey)
      const screen = await terminal.until(/Signed in to Bitize/)
      expect(screen.match(/consumerKey: /g)).toHaveLength(1)
      expect(scene.simulator.count('authenticate')).toBe(2)
    },
    MINUTE,
  )

  it(
    'checks a URL in its prompt, and asks again there',
    async () => {
      const scene = await newScene()
      const terminal = openTerminal(scene.home, {}, 60)
      await terminal.until(/ready>/)
      terminal.enter('chaveiro login bitize')
      await terminal.until(/Which Bitize server\?/)
      terminal.press('Up')
      terminal.press('Enter')
      await terminal.until(/URL/)
      terminal.enter('http://example.test')
      await terminal.until(/Enter a URL that starts with https/)
      terminal.press('C-u')
      terminal.enter(scene.url)
      const screen = await terminal.until(/consumerKey: /)
      // The prompt takes its complaint away once the answer is right.
      expect(screen).not.toContain('Enter a URL that starts with https')
      expect(scene.simulator.requests).toHaveLength(0)
    },
    MINUTE,
  )

  it.each(['Enter', 'C-c'])(
    'keeps lines that are pasted after the last answer from the shell, after %s',
    async (key) => {
      const { scene, terminal } = await atSecretKey()
      scene.simulator.faults.next({ kind: 'hang', operation: 'authenticate' })
      terminal.type(scene.simulator.credentials.secretKey)
      terminal.pressAndPaste(key, `${LATE}\n${LATE}\n`)
      if (key === 'Enter') {
        await requests(scene, 1)
        terminal.type(`${LATE}`)
        terminal.press('Enter')
        terminal.paste(`${LATE}\n`)
      }
      await terminal.until(/ready> *$/m)
      terminal.enter('echo "last $?"')
      const screen = await terminal.until(/^last \d+$/m)
      expect(screen).toMatch(key === 'C-c' ? /^last 130$/m : /^last 0$/m)
      expect(screen).not.toContain(LATE)
      expect(screen).not.toContain('not found')
    },
    MINUTE,
  )

  it(
    'takes the first line of a paste, which does not answer the prompt',
    async () => {
      const { scene, terminal } = await atSecretKey()
      terminal.paste(`${scene.simulator.credentials.secretKey}\n${LATE}\n`)
      await terminal.until(/▪{8}/)
      expect(scene.simulator.requests).toHaveLength(0)
      terminal.press('Enter')
      expect(await terminal.until(/Signed in to Bitize/)).not.toContain(LATE)
    },
    MINUTE,
  )
})

/** A login that waits for the last input. */
async function atSecretKey(): Promise<{ scene: Scene; terminal: Terminal }> {
  const scene = await newScene()
  const terminal = openTerminal(scene.home)
  await terminal.until(/ready>/)
  terminal.enter(`clear; chaveiro login bitize --timeout 3s --server ${scene.url}`)
  await terminal.until(/consumerKey: /)
  terminal.enter(scene.simulator.credentials.consumerKey)
  await terminal.until(/secretKey: /)
  return { scene, terminal }
}

async function requests({ simulator }: Scene, count: number): Promise<void> {
  await vi.waitUntil(() => simulator.requests.length >= count, { timeout: MINUTE })
}
