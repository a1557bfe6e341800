import { describeWith, startChromium } from '@chaveiro/test-servers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consentScene } from './support/consent-scene.ts'
import { sourceCommand } from './support/source-command.ts'

const command = sourceCommand('asking')
const LOGIN = ['login', 'asking', '--server', 'production']

describeWith(['chromium'], 'a person signs in, in Chromium', () => {
  let chromium: Awaited<ReturnType<typeof startChromium>>
  beforeAll(async () => {
    chromium = await startChromium()
  }, 60_000)
  afterAll(() => chromium?.close())

  it.each([
    ['Allow', [], 0, 'Asking is connected. You can close this page.'],
    [
      'Deny',
      ['--lang', 'pt-BR'],
      3,
      'A conta não foi conectada. O terminal diz por quê. Você pode fechar esta página.',
    ],
  ])('and presses %s', async (button, words, status, sentence) => {
    const world = await consentScene(command)
    const login = world.call([...LOGIN, ...words])
    const page = await (await chromium.newContext()).newPage()
    const blocked: string[] = []
    page.on('console', (message) => blocked.push(message.text()))
    try {
      await page.goto((await world.opened()).href)
      await page.getByRole('button', { name: button }).click()
      await page.waitForURL(/\/done$/)
      expect(await page.locator('body').textContent()).toBe(sentence)
      // The page's own style passes its policy, and nothing of the answer is in its address.
      expect(await page.locator('p').evaluate((p) => getComputedStyle(p.ownerDocument.body).maxWidth)).not.toBe('none')
      expect([new URL(page.url()).search, blocked.filter((text) => text.includes('Content Security'))]).toEqual([
        '',
        [],
      ])
    } finally {
      await page.context().close()
    }
    expect((await login.outcome).status).toBe(status)
  })
})
