import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { newScene } from './support/scene.ts'

// Until the keyring answers on the bus, the bus would start another one, which is locked.
const OWNED =
  'dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets'

// A session bus of its own, with a keyring that is unlocked with a password from stdin, as a desktop's login does.
const UNLOCKED = [
  'dbus-run-session',
  '--',
  'sh',
  '-c',
  'printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; ' +
    `until ${OWNED} | grep -q true; do :; done; "$@"`,
  'sh',
]

describeWith(['dbus', 'gnome-keyring'], 'a keychain', () => {
  it('keeps the sealing key, which is then in no file', async () => {
    const scene = await newScene()
    const script = [...UNLOCKED, 'sh', '-c', '"$@" login bitize --server $URL && "$@" token bitize', 'sh']
    const outcome = await scene.home.runProcess([], { prefix: script, env: { ...scene.keys, URL: scene.url } })
    expect(outcome.stderr).toMatch(/the key is in the system keychain/)
    expect(outcome).toMatchObject({ status: 0, stdout: expect.stringMatching(/^access-1-\S+\n$/) })
    expect(scene.home.contents()).not.toContain('sealing-key')
    expect(scene.simulator.requests).toHaveLength(1)

    // Without the keychain nothing opens, and nothing falls back to another key.
    const without = await scene.run(['token', 'bitize'])
    expect(without).toMatchObject({ status: 7, stdout: '' })
    expect(without.stderr).toMatch(/system keychain, which is locked or unavailable/)
  }, 60_000)

  it('that stays locked leads to a key file', async () => {
    const scene = await newScene()
    const words = ['login', 'bitize', '--server', scene.url]
    const outcome = await scene.home.runProcess(words, { prefix: ['dbus-run-session', '--'], env: scene.keys })
    expect(outcome).toMatchObject({ status: 0 })
    expect(outcome.stderr).toMatch(/so the key is in a file that only you can read/)
  }, 90_000)
})
