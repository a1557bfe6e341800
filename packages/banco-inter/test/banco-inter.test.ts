import { bancoInterProvider, createBancoInter } from '@chaveiro/banco-inter'
import { createTokenManager } from '@chaveiro/core'
import { nodeFetch } from '@chaveiro/core/node'
import { simulateBancoInter } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { describeWith } from '@chaveiro/test-servers'
import { failureOf, handshakes } from '@chaveiro/test-servers/simulated'
import { expect, it } from 'vitest'
import { bank, CERTIFICATE } from './bank.ts'

const BALANCE = '/banking/v2/saldo'

describeWith(['openssl'], 'Banco Inter', () => {
  it('keys, grant and scope are in the form, and the certificate is presented in both calls [I01, I02, I03]', async () => {
    await using account = bank({ account: { tenant: 'shop', scopes: ['pix.read', 'extrato.read'] } })
    expect((await account.bancoInter.fetch(BALANCE)).status).toBe(200)
    const [login, balance] = account.sent
    expect(Object.fromEntries(new URLSearchParams(await login?.text()))).toEqual({
      client_id: 'integration',
      client_secret: 'secret of the integration',
      grant_type: 'client_credentials',
      scope: 'extrato.read pix.read',
    })
    expect([login, balance].map((request) => request?.headers.has('client-cert'))).toEqual([true, true])
    expect(login?.headers.has('authorization')).toBe(false)
  })

  it('an account without scopes is told before anything is sent [I03]', async () => {
    await using account = bank({ account: 'shop' })
    expect(await failureOf(account.bancoInter.fetch(BALANCE))).toMatchObject({
      code: 'misconfigured',
      message: expect.stringMatching(/scopes/),
    })
    expect(account.sent).toEqual([])
  })

  it('a scope that is not enabled fails the whole call, once, and the account without it goes on [I04]', async () => {
    await using account = bank()
    const { simulator, clock, inputs, fetch } = account
    const provider = bancoInterProvider({ server: simulator.url })
    await using manager = createTokenManager({ provider, credentials: () => inputs, fetch, clock })
    const asking = (...scopes: string[]) => manager.account({ tenant: 'shop', scopes }).getToken()
    const { code, message } = await failureOf(asking('extrato.read', 'pagamento-pix.write'))
    expect(code).toBe('misconfigured')
    expect(message).toMatch(/shop/)
    expect(simulator.count('issueToken')).toBe(1)
    expect((await asking('extrato.read')).scopes).toEqual(['extrato.read'])
  })

  it('the account is named where the integration has several, and the bank alone hears of it [I05]', async () => {
    await using account = bank({ contaCorrente: '12345' })
    await account.bancoInter.fetch(BALANCE)
    expect(account.sent.map(({ headers }) => headers.get('x-conta-corrente'))).toEqual([null, '12345'])
    await using other = bank()
    await other.bancoInter.fetch(BALANCE)
    expect(other.sent.at(-1)?.headers.has('x-conta-corrente')).toBe(false)
  })

  it('a token is used for its hour, and replaced before its end [I06]', async () => {
    await using account = bank()
    const { bancoInter, clock } = account
    const first = await bancoInter.getToken()
    expect(first.expiresAt).toBe(clock.now() + 3_600_000)
    await clock.advance(1_800_000)
    expect((await bancoInter.getToken()).generation).toBe(first.generation)
    await clock.advance(1_800_000)
    expect((await bancoInter.getToken()).generation).toBe(first.generation + 1)
  })

  it('the certificate is presented in a real handshake, and one of another environment is explained', async () => {
    const keys = { clientId: 'integration', clientSecret: 'secret' }
    const simulator = simulateBancoInter({ credentials: { ...keys, certificate: CERTIFICATE.thumbprint } })
    const account = { tenant: 'shop', scopes: ['extrato.read'] }
    const { own, other } = await handshakes({
      certificate: CERTIFICATE,
      serve: (tls) => listen(simulator, { tls }),
      async call({ url, ca }, certificate) {
        await using client = createBancoInter({ server: url, account, ...keys, certificate, fetch: nodeFetch({ ca }) })
        return (await client.fetch(BALANCE)).status
      },
    })
    expect(own).toBe(200)
    expect(other).toMatchObject({ code: 'misconfigured', message: expect.stringMatching(/certificate/) })
  })
})
