import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it, onTestFinished, vi } from 'vitest'
import { type Home, MAIN } from '../support/home.ts'
import { packedCommand } from '../support/packed-command.ts'
import { newScene, type Scene } from '../support/scene.ts'
import { connected, head, statusesIn } from './support/raw-connection.ts'
import { startServe } from './support/serve-process.ts'
import { newServer } from './support/served.ts'

const MINUTES = 120_000
const FOLDER = fileURLToPath(new URL('../../../../examples/deployment/', import.meta.url))
const STATE = '/var/lib/chaveiro'
const dockerfile = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8')
const installIn = packedCommand()
const run = promisify(execFile)

/** The words of an instruction, such as CMD, in its JSON form. */
function instruction(name: string): readonly string[] {
  const [, words = '[]'] = new RegExp(`^${name}.* (\\[.*\\])$`, 'm').exec(dockerfile) ?? []
  return JSON.parse(words)
}

/** The options of a server, with its state where a test may write. */
function optionsIn(home: Home, words: readonly string[]): readonly string[] {
  const [serve, ...options] = words
  expect(serve).toBe('serve')
  expect(options).toContain(STATE)
  return options.map((word) => (word === STATE ? stateOf(home) : word))
}

function stateOf(home: Home): string {
  return join(home.path, 'state')
}

/** What the files set, with the secret where it is mounted. */
function environmentOf({ home, url, keys }: Scene): Readonly<Record<string, string>> {
  const { BITIZE_CONSUMER_KEY = '', BITIZE_SECRET_KEY = '' } = keys
  const file = join(home.path, 'bitize-secret-key')
  writeFileSync(file, BITIZE_SECRET_KEY)
  return { BITIZE_CONSUMER_KEY, BITIZE_SECRET_KEY_FILE: file, BITIZE_SERVER: url }
}

async function answersWith(scene: Scene, options: readonly string[], main: string): Promise<void> {
  const { home } = scene
  const add = ['serve', 'keys', 'add', 'import', '--from-env', '--state', stateOf(home)]
  const allow = ['--allow', 'bitize/default GET /vendors/**']
  const key = (await home.runProcess([...add, ...allow], { main })).stdout.trim()
  const server = await startServe(home, options, { env: environmentOf(scene), main })
  expect((await server.get('/v1/proxy/bitize/default/vendors', key)).status).toBe(200)
  // The Dockerfile's own check, at the port of this server.
  const [program = '', ...args] = instruction('HEALTHCHECK')
  const check = args.map((word) => word.replace('http://127.0.0.1:8248', server.url))
  await run(program, check)
  expect(await server.stop()).toMatchObject({ status: 0 })
  await expect(run(program, check)).rejects.toMatchObject({ code: 1 })
}

it(
  'what the Dockerfile copies is all that its start command needs, in an empty folder',
  async () => {
    const copied = [...dockerfile.matchAll(/^COPY (.*) \.\/$/gm)].map(([, source]) => source)
    expect(copied).toEqual(['chaveiro.tgz'])
    expect(dockerfile.match(/^COPY /gm)).toHaveLength(copied.length)
    expect(readFileSync(join(FOLDER, '.dockerignore'), 'utf8')).toBe(
      `*\n${copied.map((name) => `!${name}\n`).join('')}`,
    )
    expect(instruction('ENTRYPOINT')).toEqual(['chaveiro'])
    const scene = await newScene()
    const main = installIn(scene.home)
    await answersWith(scene, optionsIn(scene.home, instruction('CMD')), main)
  },
  MINUTES,
)

describeWith(['docker-compose'], 'compose.yaml', () => {
  it(
    'is one that Compose reads, and its command serves',
    async () => {
      const scene = await newScene()
      const { home } = scene
      // Compose reads the files that it mounts.
      copyFileSync(join(FOLDER, 'compose.yaml'), join(home.path, 'compose.yaml'))
      const { BITIZE_CONSUMER_KEY = '' } = environmentOf(scene)
      const options = { cwd: home.path, env: { ...home.env, BITIZE_CONSUMER_KEY } }
      const { stdout, stderr } = await run('docker-compose', ['config'], options)
      expect(stderr).toBe('')
      expect(stdout).toContain('network_mode: service:chaveiro')
      const [, command = ''] = /^ {4}command: (serve .*)$/m.exec(stdout) ?? []
      await answersWith(scene, optionsIn(home, command.split(' ')), MAIN)
    },
    MINUTES,
  )
})

describeWith(['systemd-analyze'], 'chaveiro.service', () => {
  it(
    'is a unit that systemd takes, and its command serves',
    async () => {
      const unit = join(FOLDER, 'chaveiro.service')
      expect(await run('systemd-analyze', ['verify', unit])).toEqual({ stdout: '', stderr: '' })
      const [, command = ''] = /^ExecStart=\/usr\/bin\/env chaveiro (.*)$/m.exec(readFileSync(unit, 'utf8')) ?? []
      const scene = await newScene()
      await answersWith(scene, optionsIn(scene.home, command.split(' ')), MAIN)
    },
    MINUTES,
  )
})

it(
  'the GitHub Action gives the steps that follow an address and a key, which it hides from the log',
  async () => {
    const scene = await newScene()
    const { home } = scene
    const output = join(home.path, 'output')
    const [bin = '', temporary = ''] = ['bin', 'temporary'].map((name) => join(home.path, name))
    for (const folder of [bin, temporary]) mkdirSync(folder)
    writeFileSync(join(bin, 'chaveiro'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, { mode: 0o755 })
    const runner = { GITHUB_OUTPUT: output, RUNNER_TEMP: home.path, PATH: `${bin}:${home.env['PATH']}` }
    const inputs = { PROVIDERS: 'bitize', ALLOW: 'bitize/default GET /vendors/**\nbitize/default POST /vendors\n' }
    const env = { ...home.env, ...environmentOf(scene), ...runner, ...inputs }
    const { stdout } = await run('bash', [join(FOLDER, 'github-action/serve.sh')], { env })
    const [, pid = ''] = /^pid=(.*)$/m.exec(readFileSync(output, 'utf8')) ?? []
    // It saves what it has before it ends, and nothing may be written while its home is removed.
    onTestFinished(async () => {
      process.kill(Number(pid))
      await vi.waitFor(() => expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH'), { timeout: 30_000 })
    })
    const [, url = ''] = /^url=(.*)$/m.exec(readFileSync(output, 'utf8')) ?? []
    const [, key = ''] = /^key=(.*)$/m.exec(readFileSync(output, 'utf8')) ?? []
    expect(stdout).toBe(`::add-mask::${key}\n`)
    const headers = { authorization: `Bearer ${key}` }
    const vendors = `${url}/v1/proxy/bitize/default/vendors`
    expect((await fetch(vendors, { headers })).status).toBe(200)
    expect((await fetch(vendors, { headers, method: 'DELETE' })).status).toBe(403)
    const failing = run('bash', [join(FOLDER, 'github-action/serve.sh')], {
      env: { ...env, RUNNER_TEMP: temporary, PROVIDERS: 'nothing' },
    })
    await expect(failing).rejects.toMatchObject({ stderr: expect.stringContaining('Unknown provider "nothing"') })
  },
  MINUTES,
)

it('a probe of Kubernetes gets through with the Host of the sidecar’s page, and not without', async () => {
  const { server } = await newServer({ address: '0.0.0.0', insecureNetwork: true })
  const { port } = new URL(server.url)
  const page = readFileSync(join(FOLDER, 'kubernetes.md'), 'utf8')
  const [, host = ''] = /name: Host\n +value: (\S+)/.exec(page) ?? []
  const statuses = []
  for (const value of [host.replace('8248', port), `10.1.2.3:${port}`]) {
    const socket = await connected(`http://127.0.0.1:${port}`)
    socket.write(head('GET /readyz HTTP/1.1', `Host: ${value}`, 'Connection: close'))
    statuses.push(...statusesIn((await socket.toArray()).join('')))
  }
  expect(statuses).toEqual([200, 421])
})
