import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it, vi } from 'vitest'
import { bankScene } from './support/bank-scene.ts'
import { bodyOf, certificateFiles, pkcs12File } from './support/certificates.ts'
import { sourceCommand } from './support/source-command.ts'

vi.setConfig({ testTimeout: 120_000 })
const PASSPHRASE = 'canary-of-the-passphrase'

describeWith(['openssl'], 'a provider that asks for a client certificate', () => {
  const scene = () => bankScene(sourceCommand('hosts'))

  it('gets it for token calls and for requests, from the files of the account', async () => {
    const bank = await scene()
    expect(await bank.login()).toMatchObject({ status: 0, stdout: '' })
    expect(await bank.run(['token', 'bank'])).toMatchObject({ status: 0, stdout: `${bank.tokens[0]}\n` })
    const answer = await bank.run(['request', 'bank', '/accounts', '-v'])
    expect(answer).toMatchObject({ status: 0, stdout: '{"path":"/accounts"}' })
    expect(bank.received).toEqual([
      'POST /token grant_type=client_credentials&client_id=shop by client',
      'GET /accounts by client',
    ])
    expect(answer.stderr).not.toContain(bodyOf(bank.client.key))
  })

  it('gets it from one file that holds both, and from a file of inputs', async () => {
    const bank = await scene()
    const both = join(bank.home.path, 'both.pem')
    writeFileSync(both, readFileSync(bank.client.cert, 'utf8') + readFileSync(bank.client.key, 'utf8'))
    const inputs = JSON.stringify({ clientId: 'shop', certificate: both })
    const words = ['login', 'bank', '--server', 'production', '--from-file', '-']
    expect(await bank.run(words, { stdin: inputs })).toMatchObject({ status: 0 })
    expect(bank.received).toHaveLength(1)
  })

  it('gets it from a PKCS #12 file, whose passphrase is in nothing that is kept or printed', async () => {
    const bank = await scene()
    const path = pkcs12File(bank.client, PASSPHRASE)
    const env = { BANK_CERTIFICATE: path, BANK_CERTIFICATE_KEY: '', BANK_CERTIFICATE_PASSPHRASE: PASSPHRASE }
    const login = await bank.login(env)
    const request = await bank.run(['request', 'bank', '/accounts', '-v'])
    expect([login.status, request.status]).toEqual([0, 0])
    expect(login.stderr + request.stderr + bank.home.contents()).not.toContain(PASSPHRASE)
    expect(bank.received.at(-1)).toBe('GET /accounts by client')
  })

  it('is found again from another folder, although its path was given from one', async () => {
    const bank = await scene()
    const env = {
      BANK_CERTIFICATE: relative(process.cwd(), bank.client.cert),
      BANK_CERTIFICATE_KEY: relative(process.cwd(), bank.client.key),
    }
    expect(await bank.login(env)).toMatchObject({ status: 0 })
    const folder = join(bank.home.path, 'elsewhere')
    mkdirSync(folder)
    const request = await bank.runProcess(['request', 'bank', '/accounts'], { prefix: ['env', '-C', folder] })
    expect(request).toMatchObject({ status: 0 })
  })

  it('comes from variables alone, also by files that they name, and nothing is kept', async () => {
    const bank = await scene()
    const secret = join(bank.home.path, 'passphrase')
    writeFileSync(secret, `${PASSPHRASE}\n`)
    const env = { BANK_CERTIFICATE: pkcs12File(bank.client, PASSPHRASE), BANK_CERTIFICATE_PASSPHRASE_FILE: secret }
    const before = bank.home.files()
    const outcome = await bank.run(['token', 'bank', '--from-env', '--server', 'production'], { env })
    expect(outcome).toMatchObject({ status: 0, stdout: `${bank.tokens[0]}\n`, stderr: '' })
    expect(bank.home.files()).toEqual(before)
  })

  it.each(['en', 'pt-BR'])('is explained where it is wrong, in %s, and nothing leaves', async (lang) => {
    const bank = await scene()
    const other = certificateFiles(bank.home.path, 'other', { ca: bank.authority })
    const locked = certificateFiles(bank.home.path, 'locked', { ca: bank.authority, passphrase: PASSPHRASE })
    const p12 = pkcs12File(bank.client, PASSPHRASE)
    const both = 'BANK_CERTIFICATE, BANK_CERTIFICATE_KEY, BANK_CERTIFICATE_PASSPHRASE.'
    const check = lang === 'en' ? `Check the values of ${both}` : `Confira os valores de ${both}`
    const binary = join(bank.home.path, 'binary')
    writeFileSync(binary, Buffer.from([0x30, 0x82, 0, 1, 0xff]))
    const missing = join(bank.home.path, 'missing.pem')
    const unread = lang === 'en' ? `Can't read ${missing} (ENOENT).` : `Não foi possível ler ${missing} (ENOENT).`
    const keyless = lang === 'en' ? 'Set BANK_CERTIFICATE_KEY to' : 'Indique em BANK_CERTIFICATE_KEY'
    const cases: [Record<string, string>, number, readonly string[]][] = [
      [{ BANK_CERTIFICATE: missing }, 2, [unread]],
      [{ BANK_CERTIFICATE_KEY: missing }, 2, [unread]],
      [{ BANK_CERTIFICATE_KEY: '' }, 8, [keyless, 'BANK_CERTIFICATE_KEY']],
      [{ BANK_CERTIFICATE_KEY: other.key }, 8, ['The private key does not match the client certificate.', check]],
      [{ BANK_CERTIFICATE: locked.cert, BANK_CERTIFICATE_KEY: locked.key }, 8, ['The passphrase for the', check]],
      [
        { BANK_CERTIFICATE: p12, BANK_CERTIFICATE_KEY: '', BANK_CERTIFICATE_PASSPHRASE: 'wrong-canary' },
        8,
        ['The passphrase for the PKCS #12 file', check],
      ],
      [{ BANK_CERTIFICATE: binary, BANK_CERTIFICATE_KEY: '' }, 8, ['are not a PKCS #12 file', check]],
      [{ BANK_CERTIFICATE: '/dev/zero', BANK_CERTIFICATE_KEY: '' }, 2, ['/dev/zero']],
    ]
    for (const [env, status, sentences] of cases) {
      const outcome = await bank.login(env, ['--lang', lang])
      expect(outcome).toMatchObject({ status, stdout: '' })
      for (const sentence of sentences) expect(outcome.stderr.replaceAll(/\s+/g, ' ')).toContain(sentence)
      expect(outcome.stderr).not.toContain('canary')
    }
    expect(bank.received).toEqual([])
  })

  const refused = /the client certificate \(\w+\)|saw the client certificate/

  it.each(['en', 'pt-BR'])('that the bank refuses has to be corrected, in %s, and nothing is kept', async (lang) => {
    const bank = await scene()
    const stranger = certificateFiles(bank.home.path, 'stranger')
    const env = { BANK_CERTIFICATE: stranger.cert, BANK_CERTIFICATE_KEY: stranger.key }
    const outcome = await bank.login(env, ['--lang', lang])
    const said = outcome.stderr.replaceAll(/\s+/g, ' ')
    // Trying again later changes nothing.
    expect(outcome).toMatchObject({ status: 8, stdout: '' })
    expect(said).toMatch(refused)
    expect(said).toContain('check the certificate and the server URL.')
    expect(said).not.toMatch(/again later|mais tarde|login/)
    expect(bank.received).toEqual([])
    expect(await bank.run(['token', 'bank'])).toMatchObject({ status: 3 })
  })

  it('that the API refuses has to be corrected, too', async () => {
    const bank = await scene()
    await bank.login()
    const stranger = certificateFiles(bank.home.path, 'stranger')
    for (const end of ['cert', 'key'] as const) writeFileSync(bank.client[end], readFileSync(stranger[end]))
    const outcome = await bank.run(['request', 'bank', '/accounts'])
    expect(outcome).toMatchObject({ status: 8, stdout: '' })
    expect(outcome.stderr.replaceAll(/\s+/g, ' ')).toMatch(refused)
    expect(outcome.stderr).not.toContain('again later')
  })

  it('may be renewed in its place: the next command presents the new one', async () => {
    const bank = await scene()
    await bank.login()
    const next = certificateFiles(bank.home.path, 'renewed', { ca: bank.authority })
    for (const end of ['cert', 'key'] as const) writeFileSync(bank.client[end], readFileSync(next[end]))
    expect(await bank.run(['request', 'bank', '/accounts'])).toMatchObject({ status: 0 })
    expect(bank.received.at(-1)).toBe('GET /accounts by renewed')
  })
})

describeWith(['openssl'], 'doctor', () => {
  const command = sourceCommand('hosts')

  /** What doctor says about an account whose certificate ends in so many days. */
  async function finding(days: number, lang = 'en') {
    const bank = await bankScene(command)
    await bank.login()
    const next = certificateFiles(bank.home.path, 'next', { ca: bank.authority, days })
    for (const end of ['cert', 'key'] as const) writeFileSync(bank.client[end], readFileSync(next[end]))
    const outcome = await bank.run(['doctor', '--lang', lang])
    const line = outcome.stdout.split('\n').find((text) => text.includes(' certificate ')) ?? ''
    return { bank, line, ...outcome }
  }

  it('says until when a certificate is valid, and reaches the server with it', async () => {
    const { status, line, stdout } = await finding(90)
    expect(line).toMatch(/^ {2}✓ certificate {2}the client certificate is valid until .+ UTC, 89 more days$/)
    expect(stdout).toMatch(/✓ tls .*is trusted\n/)
    expect(stdout).toMatch(/\n✓ No problems found\.\n$/)
    expect(status).toBe(0)
  })

  it('warns of its end from 30 days on, which is not a problem yet', async () => {
    const { status, line, stdout, bank } = await finding(20)
    expect(line).toMatch(/^ {2}! certificate .* 19 more days$/)
    expect(stdout).toMatch(/→ Renew it, and put the new one in the same place: .*client\.crt and .*client\.key\./)
    expect(stdout).toMatch(/\n✓ No problems found\. 1 warning: certificate\.\n$/)
    expect(status).toBe(0)
    const findings: object[] = JSON.parse((await bank.run(['doctor', '--json'])).stdout)
    const account = { provider: 'bank', account: 'default' }
    expect(findings).toContainEqual({
      account,
      check: 'certificate',
      ok: true,
      detail: expect.stringContaining('19 more days'),
      remedy: expect.stringContaining('Renew it'),
    })
  })

  it('says that it has ended, and how to fix it, in Portuguese too', async () => {
    const { status, line, stdout } = await finding(-1, 'pt-BR')
    expect(line).toMatch(/^ {2}✗ certificate {2}o certificado de cliente expirou em .+$/)
    expect(stdout).toMatch(/→ Renove-o e coloque o novo no mesmo lugar: /)
    expect(stdout).toMatch(/\n✗ \d problemas? encontrados?: certificate.*\n$/)
    expect(status).toBe(1)
  })

  it('finds a file that has gone, and asks the server nothing without it', async () => {
    const bank = await bankScene(command)
    await bank.login()
    rmSync(bank.client.key)
    const { status, stdout } = await bank.run(['doctor'])
    expect(status).toBe(1)
    expect(stdout).toMatch(/✗ certificate .*client\.key can't be read \(ENOENT\)\./)
    expect(stdout).toMatch(/→ Correct the file, or sign in again with another one: chaveiro login bank\n/)
  })

  it('tells a server that refuses the certificate from one that is not trusted', async () => {
    const bank = await bankScene(command)
    await bank.login()
    const stranger = certificateFiles(bank.home.path, 'stranger')
    for (const end of ['cert', 'key'] as const) writeFileSync(bank.client[end], readFileSync(stranger[end]))
    const { stdout } = await bank.run(['doctor'])
    expect(stdout).toMatch(/✗ tls .*asks for a client certificate and refused this one \(\w+\)\n\s+→ Sign in with/)
    expect(stdout).not.toContain('is not trusted')
  })
})
