import { execFileSync } from 'node:child_process'
import { mkdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { takeVariables } from '../src/files/take-variables.ts'
import { loadTexts } from '../src/messages/texts.ts'
import { mountSecret } from './support/container.ts'
import { type Home, newHome } from './support/home.ts'

const BOM = '\uFEFF'

it.each([
  ['as it is', ' secret '],
  ['with a line break at its end', ' secret \n'],
  ['with line breaks of Windows', ' secret \r\n\r\n'],
  ['after a byte order mark', `${BOM} secret \n`],
])('reads a value from a mounted file, %s', async (_, content) => {
  const { values, env } = await take({ KEY_FILE: mountSecret(newHome(), 'key', content), OTHER: 'kept' })
  expect({ values, env }).toEqual({ values: { KEY: ' secret ' }, env: { OTHER: 'kept' } })
})

it('reads a value from the variable itself, and leaves empty ones out', async () => {
  expect(await take({ KEY: 'value', KEY_FILE: '' })).toEqual({ values: { KEY: 'value' }, env: {} })
  expect(await take({ KEY: '', KEY_FILE: '' })).toEqual({ values: {}, env: {} })
})

it.each<[string, (home: Home) => string, RegExp]>([
  ["a path that isn't there", (home) => join(home.path, 'canary'), /can't be read \(ENOENT\).*, not to the value/],
  ['a folder', (home) => home.path, /doesn't name a regular file/],
  ['a pipe that no program writes to', pipe, /a regular file/],
  ['a device without an end', () => '/dev/zero', /a regular file/],
  ['a file of 1 GiB', sparse, /64 KiB/],
  ['an empty file', (home) => mountSecret(home, 'empty', `${BOM}\n`), /is empty/],
  ['UTF-16', (home) => mountSecret(home, 'utf16', Buffer.from(`${BOM}canary`, 'utf16le')), /is UTF-16/],
  ['UTF-16 without a mark', (home) => mountSecret(home, 'bare', Buffer.from('canary', 'utf16le')), /is UTF-16/],
  ['bytes that are not text', (home) => mountSecret(home, 'bytes', Buffer.from([0xff, 0x63])), /isn't UTF-8 text/],
])('names the variable for %s, and quotes neither path nor content', async (_, mount, sentence) => {
  const path = mount(newHome())
  const env: Record<string, string> = { KEY_FILE: path }
  const message = await take(env).catch((error: unknown) => (error instanceof Error ? error.message : ''))
  expect(message).toMatch(sentence)
  expect(message).toContain('KEY_FILE')
  expect(message).not.toContain(path)
  expect(message).not.toContain('canary')
})

it('refuses a variable that is set together with its file, and has taken both', async () => {
  const env = { KEY: 'canary', KEY_FILE: '/canary' }
  await expect(take(env)).rejects.toThrow('KEY and KEY_FILE are both set. Unset one of them.')
  expect(env).toEqual({})
})

/** Takes `KEY` out of this environment. */
async function take(env: Record<string, string>): Promise<{ values: object; env: object }> {
  const removeVariables = (names: readonly string[]): void => {
    for (const name of names) delete env[name]
  }
  const values = await takeVariables({ env, removeVariables, texts: await loadTexts('en') }, ['KEY'])
  return { values, env }
}

function pipe({ path }: Home): string {
  mkdirSync(join(path, 'pipes'))
  const pipe = join(path, 'pipes', 'pipe')
  execFileSync('mkfifo', [pipe])
  return pipe
}

function sparse(home: Home): string {
  const path = mountSecret(home, 'long', '')
  truncateSync(path, 2 ** 30)
  return path
}
