import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateKey } from '@chaveiro/stores/sealer'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bundle } from '../serverless/support/bundle.ts'
import { type BitizeForTest, bitizeForTest } from './support/bitize.ts'

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../recipes/cron/${name}`, import.meta.url)), 'utf8')

let program = ''

beforeAll(async () => {
  // Node 20 reads no TypeScript, and the sources of our packages are TypeScript too.
  program = await bundle('recipes/cron/count-vendors.ts', 'node')
})

interface Run {
  readonly status: number
  readonly printed: string
}

/** Runs a command that a file names, in a folder with the program. */
function runIn(folder: string, command: string, env: Readonly<Record<string, string>>): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...env } }
    execFile('sh', ['-c', command], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), printed: stdout + stderr })
    })
  })
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-cron-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'count-vendors.mjs'), program)
  return folder
}

const variables = ({ url, simulator }: BitizeForTest): Record<string, string> => ({
  BITIZE_SERVER: url.href,
  BITIZE_CONSUMER_KEY: simulator.credentials.consumerKey,
  BITIZE_SECRET_KEY: simulator.credentials.secretKey,
})

const asBuilt = (command: string): string => command.replace('count-vendors.ts', 'count-vendors.mjs')

describe('the line of the crontab', () => {
  const [, line = ''] = /^\S+ \S+ \S+ \S+ \S+ shop (.*)$/m.exec(read('crontab')) ?? []

  function cron(folder: string): string {
    return asBuilt(line)
      .replace('/run/lock/', `${folder}/`)
      .replace('/etc/shop/', `${folder}/`)
      .replace('/srv/shop/', `${folder}/`)
      .replace('/var/log/', `${folder}/`)
  }

  it('uses the token of the run before, and appends to the log', async () => {
    const bitize = await bitizeForTest()
    const folder = newFolder()
    const kept = { ...variables(bitize), TOKEN_FOLDER: join(folder, 'tokens'), SEALING_KEY: generateKey() }
    writeFileSync(
      join(folder, 'bitize.env'),
      Object.entries(kept)
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(''),
    )
    expect((await runIn(folder, cron(folder), {})).status).toBe(0)
    expect((await runIn(folder, cron(folder), {})).status).toBe(0)
    expect(readFileSync(join(folder, 'shop.log'), 'utf8')).toBe('0 vendors\n0 vendors\n')
    expect(bitize.simulator.count('authenticate')).toBe(1)
  })
})

describe('the step of the workflow', () => {
  const [, command = ''] = /- run: (node .*)/.exec(read('workflow.yml')) ?? []
  const secrets = [...read('workflow.yml').matchAll(/(\w+): \$\{\{ secrets\.(\w+) \}\}/g)]

  it('sets the variables that the program reads, each from the secret of its name', () => {
    expect(secrets.map(([, name]) => name)).toEqual(['BITIZE_CONSUMER_KEY', 'BITIZE_SECRET_KEY'])
    for (const [, name = '', secret] of secrets)
      expect([secret, read('count-vendors.ts')]).toEqual([name, expect.stringContaining(name)])
  })

  it('runs with nothing else', async () => {
    const bitize = await bitizeForTest()
    expect(await runIn(newFolder(), asBuilt(command), variables(bitize))).toEqual({ status: 0, printed: '0 vendors\n' })
  })

  it('ends with 1 where a person has to act, and with 75 where the next run may succeed', async () => {
    const bitize = await bitizeForTest()
    const wrong = await runIn(newFolder(), asBuilt(command), {
      ...variables(bitize),
      BITIZE_SECRET_KEY: 'outdated-secret',
    })
    expect(wrong.status).toBe(1)
    expect(wrong.printed).not.toContain('outdated-secret')
    bitize.simulator.faults.next({
      kind: 'status',
      status: 503,
      operation: 'authenticate',
      times: Number.POSITIVE_INFINITY,
    })
    expect((await runIn(newFolder(), asBuilt(command), variables(bitize))).status).toBe(75)
  })
})
