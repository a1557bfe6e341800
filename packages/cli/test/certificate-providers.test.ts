import {
  simulateBancoInter,
  simulateEfi,
  simulateEfiCharges,
  simulateIntegraContador,
  simulateSerpro,
} from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it, onTestFinished } from 'vitest'
import { certificateFiles } from './support/certificates.ts'
import { newHome } from './support/home.ts'

const SECRET = 'canary-of-the-secret'

/** A home folder, a simulator on this machine, and a certificate of the account. */
async function scene(simulator: Parameters<typeof listen>[0]) {
  const home = newHome()
  const server = await listen(simulator)
  onTestFinished(() => server.close())
  return { home, url: server.url.origin, ...certificateFiles(home.path, 'account') }
}

const credentials = { clientId: 'account', clientSecret: SECRET }

describeWith(['openssl'], 'the command', () => {
  it('asks Banco Inter for the scopes that it is told, and says which one is not enabled', async () => {
    const { home, url, cert, key } = await scene(simulateBancoInter({ credentials }))
    const env = {
      BANCO_INTER_CLIENT_ID: 'account',
      BANCO_INTER_CLIENT_SECRET: SECRET,
      BANCO_INTER_CERTIFICATE: cert,
      BANCO_INTER_CERTIFICATE_KEY: key,
      BANCO_INTER_SCOPES: 'extrato.read pix.read',
    }
    const demo = ['demo', 'banco-inter', '--server', url]
    const fine = await home.run(demo, { env })
    expect(fine).toMatchObject({ status: 0, stdout: expect.stringContaining('GET /banking/v2/saldo returned 200') })
    const greedy = await home.run(demo, { env: { ...env, BANCO_INTER_SCOPES: 'extrato.read pagamento-pix.write' } })
    expect(greedy).toMatchObject({ status: 1 })
    expect(fine.stdout + fine.stderr + greedy.stdout + greedy.stderr).not.toContain(SECRET)
  })

  it('logs in to the gateway of Serpro without a certificate, and to Integra Contador with one', async () => {
    const env = { SERPRO_CONSUMER_KEY: 'account', SERPRO_CONSUMER_SECRET: SECRET }
    const gateway = await scene(simulateSerpro({ credentials }))
    expect(await gateway.home.run(['demo', 'serpro', '--server', gateway.url], { env })).toMatchObject({ status: 0 })
    const simulator = simulateIntegraContador({ credentials })
    const { home, url, cert, key } = await scene(simulator)
    const words = ['demo', 'serpro-integra-contador', '--server', url]
    const certified = { ...env, SERPRO_CERTIFICATE: cert, SERPRO_CERTIFICATE_KEY: key }
    expect(await home.run(words, { env: certified })).toMatchObject({ status: 0 })
    expect(simulator.charged).toBe(0)
  })

  it('logs in to the API Pix of Efí with a certificate, and to Cobranças without one', async () => {
    const env = { EFI_CLIENT_ID: 'account', EFI_CLIENT_SECRET: SECRET }
    const charges = await scene(simulateEfiCharges({ credentials }))
    const plans = await charges.home.run(['demo', 'efi-charges', '--server', charges.url], { env })
    expect(plans).toMatchObject({ status: 0, stdout: expect.stringContaining('GET /v1/plans returned 200') })
    const pix = await scene(simulateEfi({ credentials }))
    const certified = { ...env, EFI_CERTIFICATE: pix.cert, EFI_CERTIFICATE_KEY: pix.key }
    const list = await pix.home.run(['demo', 'efi', '--server', pix.url], { env: certified })
    expect(list).toMatchObject({ status: 0, stdout: expect.stringMatching(/GET \/v2\/cob\?.* returned 200/) })
  })

  it('keeps an account of Banco Inter with its scopes', async () => {
    const { home, url, cert, key } = await scene(simulateBancoInter({ credentials }))
    const env = {
      BANCO_INTER_CLIENT_ID: 'account',
      BANCO_INTER_CLIENT_SECRET: SECRET,
      BANCO_INTER_CERTIFICATE: cert,
      BANCO_INTER_CERTIFICATE_KEY: key,
      BANCO_INTER_SCOPES: 'extrato.read',
    }
    expect(await home.run(['login', 'banco-inter', '--server', url], { env })).toMatchObject({ status: 0 })
    const request = await home.run(['request', 'banco-inter', '/banking/v2/saldo'])
    expect({ ...request, stdout: JSON.parse(request.stdout) }).toMatchObject({ status: 0, stdout: { disponivel: 0 } })
  })
})
