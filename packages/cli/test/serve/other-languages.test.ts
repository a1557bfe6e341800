import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { expectNoSecret } from '../support/scene.ts'
import { HOLDER, READER, run, serving } from './support/serving.ts'

describeWith(['curl', 'python3', 'php', 'ruby'], 'programs in other languages', () => {
  it('read through the proxy, and hold no token', async () => {
    const { scene, url, keyOf } = await serving({ reader: READER })
    const env = { CHAVEIRO_URL: url, CHAVEIRO_KEY: keyOf('reader') }
    const curl = await run('sh', ['proxy.sh'], env)
    expect(JSON.parse(curl)).toMatchObject({ data: [] })
    const others = await Promise.all([
      run('python3', ['proxy.py'], env),
      run('php', ['proxy.php'], env),
      run('ruby', ['proxy.rb'], env),
    ])
    expect(others).toEqual(['0 vendors\n', '0 vendors\n', '0 vendors\n'])
    expectNoSecret(scene, curl)
    expect(scene.simulator.count('listVendors')).toBe(4)
  })

  it('get a token from the other door, and an agent gets no further than its key', async () => {
    const { scene, url, keyOf } = await serving({ holder: HOLDER, agent: [...READER, '--rate', '60/m'] })
    const token = await run('python3', ['token.py'], {
      CHAVEIRO_URL: url,
      CHAVEIRO_TOKEN_KEY: keyOf('holder'),
      BITIZE_URL: scene.url,
    })
    expect(token).toBe('0 vendors\n')
    const agent = await run('python3', ['agent.py'], {
      BASE_URL: `${url}/v1/proxy/bitize/default`,
      API_KEY: keyOf('agent'),
    })
    expect(agent).toBe('GET /vendors: 200\nPOST /vendors: 403 forbidden\nPOST /auth: 403 forbidden\n')
    expect(scene.simulator.count('createVendor')).toBe(0)
  })
})
