import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it, vi } from 'vitest'
import { shopsScene } from './support/shops-scene.ts'
import { sourceCommand } from './support/source-command.ts'
import { openTerminal } from './support/terminal.ts'

vi.setConfig({ testTimeout: 120_000 })
const LOGIN = ['login', 'shops', '--server', 'production']

describe('a provider with a host for each tenant', () => {
  const command = sourceCommand('hosts')
  const scene = () => shopsScene(command)

  it('is told which one by an option, keeps it with the account, and calls its API', async () => {
    const { run, received } = await scene()
    expect(await run([...LOGIN, '--tenant', 'shop=blue-door'])).toMatchObject({ status: 0 })
    expect(await run(['token', 'shops'])).toMatchObject({ stdout: 'token-of-blue-door-token\n' })
    expect(await run(['request', 'shops', '/figs'])).toMatchObject({ status: 0 })
    const doctor = await run(['doctor'])
    expect(doctor.stdout.match(/✓ tls/g)).toHaveLength(2)
    expect(received.filter((line) => !line.includes(' HEAD '))).toEqual([
      'shops POST /blue-door/token keeper=ana&word=canary-of-the-keeper',
      'api GET /blue-door/v2/figs',
    ])
  })

  it('needs no name where there is only one, and reads a variable too', async () => {
    const { run, received } = await scene()
    expect(await run([...LOGIN, '--tenant', 'blue-door'])).toMatchObject({ status: 0 })
    const fromVariable = await run([...LOGIN, '--account', 'other'], { env: { SHOPS_SHOP: 'red-door' } })
    expect(fromVariable.stderr).toContain('shop: from SHOPS_SHOP')
    expect(received.map((line) => line.split(' ')[2])).toEqual(['/blue-door/token', '/red-door/token'])
  })

  it('keeps the tokens of two tenants apart, though one keeper has both', async () => {
    const { run } = await scene()
    await run([...LOGIN, '--account', 'blue', '--tenant', 'blue-door'])
    await run([...LOGIN, '--account', 'red', '--tenant', 'red-door'])
    const token = async (account: string) => (await run(['token', 'shops', '--account', account])).stdout.trim()
    expect([await token('blue'), await token('red')]).toEqual(['token-of-blue-door-token', 'token-of-red-door-token'])
  })

  it('comes from variables alone', async () => {
    const { run, received } = await scene()
    const words = ['--from-env', '--server', 'production']
    const env = { SHOPS_SHOP: 'blue-door' }
    expect(await run(['token', 'shops', ...words], { env })).toMatchObject({ stdout: 'token-of-blue-door-token\n' })
    const missing = await run(['token', 'shops', ...words])
    expect(missing).toMatchObject({ status: 2, stdout: '' })
    expect(missing.stderr).toMatch(/--tenant shop=…\s+SHOPS_SHOP=…\s+The shop's name in its address\./)
    expect(received).toHaveLength(1)
  })

  it.each([
    [
      [],
      /The address of a Shops server contains a part that is specific to you\..*\n {2}--tenant shop=… {3}SHOPS_SHOP=… {3}The shop's/,
    ],
    [
      ['--tenant', 'shop=evil.example/'],
      /"evil\.example\/" can't be used for shop .* It must match \^\[a-z0-9-\]\{3,20\}\$\./,
    ],
    [['--tenant', 'shop=ab'], /"ab" can't be used for shop/],
    [['--tenant', 'shop='], /"" can't be used for shop/],
    [['--tenant', 'shp=blue-door'], /have no variable part "shp"\. Did you mean shop\? Available: shop\./],
    [['--tenant', '-blue'], /shop is not a host label that the provider allows/],
  ])('%j is refused before anything is sent', async (words, sentence) => {
    const { run, received } = await scene()
    const { status, stderr } = await run([...LOGIN, ...words])
    expect(status).toBe(2)
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toContain('canary')
    expect(received).toEqual([])
  })

  it('explains it in Portuguese', async () => {
    const { run } = await scene()
    const { stderr } = await run([...LOGIN, '--lang', 'pt-BR'])
    expect(stderr).toContain('O endereço de um servidor de Shops tem uma parte que é só sua.')
  })

  it('is not what other providers have', async () => {
    const { run } = await scene()
    const { status, stderr } = await run(['login', 'bitize', '--server', 'test', '--tenant', 'shop=x'])
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'Bitize has no separate host for each tenant. Leave out --tenant.\n',
    })
  })

  it('is in the list of providers, with its variable', async () => {
    const { run } = await scene()
    const { stdout } = await run(['providers'])
    expect(stdout).toMatch(
      /variable parts of the server \(--tenant\)\n {4}shop +The shop's name in its address\.\n +SHOPS_SHOP\n/,
    )
    const [shops] = JSON.parse((await run(['providers', '--json'])).stdout).filter(
      ({ id }: { id: string }) => id === 'shops',
    )
    expect(shops.tenant.shop).toEqual({ description: "The shop's name in its address.", pattern: '^[a-z0-9-]{3,20}$' })
  })

  it('is named by the commands that are printed', async () => {
    const { run } = await scene()
    const { status, stderr } = await run([...LOGIN, '--tenant', 'blue-door'], { env: { SHOPS_WORD: 'wrong' } })
    expect(status).toBe(3)
    expect(stderr).toContain('sign in again: chaveiro login shops --server production --tenant shop=blue-door\n')
  })
})

describeWith(['tmux'], 'in a terminal, a tenant', () => {
  const command = sourceCommand('hosts')

  it('is asked for until the provider allows it', async () => {
    const { home, env, received } = await shopsScene(command)
    const terminal = openTerminal(home, env, 160, command.main)
    terminal.enter('chaveiro login shops --server production')
    await terminal.until(/shop: The shop's name in its address\./)
    terminal.enter('Blue Door')
    await terminal.until(/"Blue Door" can't be used for shop/)
    for (let letter = 0; letter < 'Blue Door'.length; letter += 1) terminal.press('BSpace')
    terminal.enter('blue-door')
    await terminal.until(/Signed in to Shops as "default"/)
    expect(received).toEqual(['shops POST /blue-door/token keeper=ana&word=canary-of-the-keeper'])
  })
})
