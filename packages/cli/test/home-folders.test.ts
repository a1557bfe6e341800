import { join } from 'node:path'
import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it } from 'vitest'
import { homeFolders } from '../src/accounts/home-folders.ts'
import { loadTexts } from '../src/messages/texts.ts'
import { newScene } from './support/scene.ts'

const texts = await loadTexts('en')

describe('the folders of a user', () => {
  it.each([
    ['linux', { HOME: '/h' }, '/h/.config/chaveiro', '/h/.local/share/chaveiro'],
    ['linux', { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d' }, '/c/chaveiro', '/d/chaveiro'],
    [
      'linux',
      { HOME: '/h', XDG_CONFIG_HOME: 'c', XDG_DATA_HOME: '' },
      '/h/.config/chaveiro',
      '/h/.local/share/chaveiro',
    ],
    ['linux', { HOME: '/h', XDG_DATA_HOME: '/d' }, '/h/.config/chaveiro', '/d/chaveiro'],
    ['freebsd', { HOME: '/h' }, '/h/.config/chaveiro', '/h/.local/share/chaveiro'],
    ['darwin', { HOME: '/h' }, '/h/Library/Preferences/chaveiro', '/h/Library/Application Support/chaveiro'],
    ['win32', { APPDATA: '/r', LOCALAPPDATA: '/l' }, '/r/chaveiro/Config', '/l/chaveiro/Data'],
  ] as const)('on %s with %j are %s and %s', (platform, env, config, data) => {
    expect(homeFolders(env, texts, platform)).toEqual({ config, data })
  })
})

// A uid without an entry in passwd, as containers have it.
const UNKNOWN = ['unshare', '--user', '--map-user=54321', '--map-group=54321', '--']

describeWith(['own-mounts'], 'a user without an entry in passwd', () => {
  it.each([
    ['without HOME', {}, ['env', '-u', 'HOME', ...UNKNOWN]],
    ['with an empty HOME', { HOME: '' }, UNKNOWN],
    ['with a relative HOME and XDG folders', { HOME: 'h', XDG_CONFIG_HOME: 'c', XDG_DATA_HOME: 'd' }, UNKNOWN],
    ['with one XDG folder of two', { HOME: '', XDG_CONFIG_HOME: '/nowhere' }, UNKNOWN],
  ])(
    '%s is told what to set, by every command that needs it',
    async (_, env: Record<string, string>, prefix) => {
      const { home, keys, url } = await newScene()
      const options = { env: { ...keys, ...env }, prefix }
      const login = ['login', 'bitize', '--server', url]
      for (const words of [['status'], ['token'], ['token', 'bitize'], ['logout', '--all'], ['store'], login]) {
        const { status, stdout, stderr } = await home.runProcess(words, options)
        expect({ words, status, stdout }).toEqual({ words, status: 7, stdout: '' })
        expect(stderr).toMatch(/Set HOME, or both XDG_CONFIG_HOME and XDG_DATA_HOME, to an absolute path\.\n$/)
      }
      expect(await home.runProcess(['providers'], options)).toMatchObject({ status: 0, stderr: '' })
    },
    180_000,
  )

  it('works in the XDG folders', async () => {
    const { home, keys, url } = await newScene()
    const folders = { XDG_CONFIG_HOME: join(home.path, 'x/c'), XDG_DATA_HOME: join(home.path, 'x/d') }
    const options = { env: { ...keys, ...folders }, prefix: ['env', '-u', 'HOME', ...UNKNOWN] }
    expect(await home.runProcess(['status'], options)).toMatchObject({ status: 0 })
    expect(await home.runProcess(['login', 'bitize', '--server', url], options)).toMatchObject({ status: 0 })
    expect(await home.runProcess(['token'], options)).toMatchObject({ status: 0, stderr: '' })
    expect(await home.runProcess(['logout', 'bitize'], options)).toMatchObject({ status: 0 })
  }, 180_000)
})
