import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { selfSigned } from '../src/providers/self-signed.ts'
import { newHome } from './support/home.ts'

/** The first lines that `chaveiro simulate` prints with these words. */
async function simulating(home: ReturnType<typeof newHome>, words: readonly string[], until: RegExp) {
  const called = home.call(['simulate', ...words])
  let printed = ''
  while (!until.test(printed)) printed += String((await once(called.stdout, 'data'))[0])
  const end = async () => {
    called.kill('SIGINT')
    return called.outcome
  }
  return { printed, end }
}

it.each([
  ['efi', 'EFI_CERTIFICATE'],
  ['banco-inter', 'BANCO_INTER_CERTIFICATE'],
  ['serpro-integra-contador', 'SERPRO_CERTIFICATE'],
])('an account logs in to %s with the certificate that is made for it', async (id, variable) => {
  const home = newHome()
  const { printed, end } = await simulating(home, [id, '--json'], /\n/)
  const { url, env } = JSON.parse(printed)
  expect(statSync(env[variable]).mode & 0o777).toBe(0o600)
  expect(await home.run(['login', id, '--server', url], { env })).toMatchObject({ status: 0 })
  expect(await home.run(['token', id])).toMatchObject({ status: 0 })
  await end()
  expect(existsSync(env[variable])).toBe(false)
})

it.each([
  ['en', '# The .pem file contains a certificate and its key, created for this run. Ctrl-C deletes it.\n'],
  [
    'pt-BR',
    '# O arquivo .pem contém um certificado e a chave dele, criados para esta execução. Ctrl-C apaga o arquivo.\n',
  ],
])('says in %s what the file is', async (language, sentence) => {
  const { printed, end } = await simulating(newHome(), ['efi', '--lang', language], /chaveiro login .*\n/)
  expect(printed).toContain(sentence)
  expect(printed).toMatch(/^export EFI_CERTIFICATE='.*efi-certificate\.pem'$/m)
  await end()
})

it.each(['serpro', 'efi-charges'])('makes none for %s', async (id) => {
  const { printed, end } = await simulating(newHome(), [id], /chaveiro login .*\n/)
  expect(printed).not.toMatch(/certificate/i)
  await end()
})

it('makes a certificate that signed itself', () => {
  const from = new Date(Date.UTC(2026, 11, 1, 15, 45))
  // A name of more than 127 bytes has a length of two.
  for (const name of ['efi', 'é'.repeat(70)]) {
    const certificate = new X509Certificate(selfSigned(name, from, 90))
    expect(certificate.subject).toBe(`CN=${name}`)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect([certificate.validFrom, certificate.validTo].map((at) => new Date(at).toISOString())).toEqual([
      '2026-12-01T15:45:00.000Z',
      '2027-03-01T15:45:00.000Z',
    ])
  }
  expect(selfSigned('efi', from, 90)).not.toBe(selfSigned('efi', from, 90))
})
