import { execFileSync } from 'node:child_process'
import { describeWith, redisForTests } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { packedCommand } from './support/packed-command.ts'
import { newScene } from './support/scene.ts'

const MINUTES = 120_000
const installIn = packedCommand()

it(
  'runs from its tarball in an empty folder, with nothing but what its manifest names',
  () => {
    const home = newHome()
    installIn(home)
    // Some programs print colours because of CI, although they write to a pipe.
    const options = { cwd: home.path, encoding: 'utf8', env: { ...home.env, CI: 'true' } } as const
    // What the demo does from there is looked at by its own test.
    const printed = execFileSync('npx', ['--no-install', 'chaveiro', 'providers'], options)
    for (const id of ['bitize', 'assine-online', 'mercado-livre', 'tiny']) expect(printed).toContain(id)
    expect(printed).not.toContain('\u001b')
  },
  MINUTES,
)

it.each([
  ['redis', 'redis://user:canary@127.0.0.1:1'],
  ['pg', 'postgres://user:canary@127.0.0.1:1/db'],
])(
  'says how to get the driver %s, which does not come with it',
  async (driver, url) => {
    const home = newHome()
    const main = installIn(home)
    const { status, stdout, stderr } = await home.runProcess(['store', 'url'], {
      main,
      env: { CHAVEIRO_STORE_URL: url },
    })
    expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
    expect(stderr).toContain(`This store needs the package ${driver}, which is not installed.`)
    expect(stderr).toContain(`npm install --global ${driver}\n`)
    expect(stderr).not.toContain('canary')
    expect(JSON.parse((await home.runProcess(['store', '--json'], { main })).stdout)).toMatchObject({ store: 'file' })
  },
  MINUTES,
)

describeWith(['redis'], 'with a profile that is kept in Redis', () => {
  it(
    'every command says how to get the driver that has gone',
    async () => {
      await using server = await redisForTests()
      // Names of its own, because the server may be everybody's.
      const credentials = { consumerKey: crypto.randomUUID(), secretKey: 'key' }
      const scene = await newScene({ credentials })
      await scene.run(['store', 'url'], { env: { CHAVEIRO_STORE_URL: server.url } })
      expect(await scene.login()).toMatchObject({ status: 0 })
      const main = installIn(scene.home)
      for (const words of [['token', 'bitize'], ['status'], ['request', 'bitize', '/vendors']]) {
        const { status, stdout, stderr } = await scene.runProcess(words, { main })
        expect({ words, status, stdout }).toEqual({ words, status: 7, stdout: '' })
        expect(stderr).toContain('npm install --global redis')
      }
      const { status, stdout } = await scene.runProcess(['doctor'], { main })
      expect(status).toBe(1)
      expect(stdout).toMatch(/✗ store .*npm install --global redis/)
      expect((await scene.runProcess(['store'], { main })).stdout).toContain('redis')
    },
    MINUTES,
  )
})
