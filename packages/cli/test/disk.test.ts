import { describeWith, OWN_MOUNTS } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { newScene, type Scene, signedIn } from './support/scene.ts'

const LATER = `--import data:text/javascript,${encodeURIComponent('const now = Date.now; Date.now = () => now() + 3 * 86_400_000')}`

/** The home folder again, mounted over itself with other options, for one command. */
function mounted(scene: Scene, script: string): string[] {
  return [...OWN_MOUNTS, 'sh', '-ec', `cd /; H='${scene.home.path}'; ${script}; exec "$@"`, 'sh']
}

const READ_ONLY = 'mount --bind "$H" "$H"; mount -o remount,bind,ro "$H"'
// The existing files fit; then every byte that is left is used up.
const FULL =
  'cp -a "$H" "$H.copy"; mount -t tmpfs -o size=256k tmpfs "$H"; cp -a "$H.copy/." "$H"; rm -r "$H.copy"; cat /dev/zero > "$H/filler" 2>/dev/null || :'

describeWith(['own-mounts'], 'a home folder', () => {
  it('that is read-only still serves the token that is there', async () => {
    const scene = await signedIn()
    const outcome = await scene.runProcess(['token', 'bitize'], { prefix: mounted(scene, READ_ONLY) })
    expect(outcome).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^access-/) })
  })

  it.each([
    ['read-only', READ_ONLY, 'EROFS'],
    ['full', FULL, 'ENOSPC'],
  ])('that is %s leads to no token call whose answer could not be kept', async (_, script, code) => {
    const scene = await signedIn()
    const env = { NODE_OPTIONS: LATER }
    const outcome = await scene.runProcess(['token', 'bitize'], { prefix: mounted(scene, script), env })
    expect(outcome).toMatchObject({ status: 7, stdout: '' })
    expect(outcome.stderr).toMatch(new RegExp(`The file store could not write the record: .*\\(${code}\\)`))
    expect(outcome.stderr).toMatch(/chaveiro doctor/)
    expect(scene.simulator.requests).toHaveLength(1)
  })

  it.each([
    ['read-only', READ_ONLY, 'EROFS'],
    ['full', FULL, 'ENOSPC'],
  ])('that is %s is said to be at the sign-in, before any token call', async (_, script, code) => {
    const scene = await newScene()
    const outcome = await scene.runProcess(['login', 'bitize', '--server', scene.url], {
      prefix: mounted(scene, script),
      env: scene.keys,
    })
    expect(outcome).toMatchObject({ status: 7, stdout: '' })
    expect(outcome.stderr).toContain(code)
    expect(outcome.stderr).not.toMatch(/\n\s+at /)
    expect(scene.simulator.requests).toHaveLength(0)
  })

  it('that is read-only is found by doctor, with a remedy', async () => {
    const scene = await signedIn()
    const outcome = await scene.runProcess(['doctor'], { prefix: mounted(scene, READ_ONLY) })
    expect(outcome.status).toBe(1)
    expect(outcome.stdout).toMatch(/✗ permissions {2}.* is not writable \(EROFS\)\n\s+→ Give yourself write access to /)
  })
})
