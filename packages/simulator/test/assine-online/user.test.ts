import { afterEach, describe, expect, it } from 'vitest'
import { assineScenes, at, createStage, FILTERS, objectOf } from './scene.ts'

describe.each(assineScenes)('the user of a token, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('is asked for with $USER_ID, literally or percent-encoded [A02, A03, A05]', async () => {
    const { assine, client } = await scene()
    assine.register({ username: 'second@example.com', password: 'second' })
    const session = await client.session({ username: 'second@example.com', password: 'second' })
    const encoded = new URLSearchParams([
      ['filter[0][field]', 'id'],
      ['filter[0][type]', 'eq'],
      ['filter[0][value]', '$USER_ID'],
    ])
    expect(String(encoded)).toContain('%24USER_ID')
    const href =
      'https://assine-online.simulator.test/v1/user?filter%5B0%5D%5Bfield%5D=id&filter%5B0%5D%5Btype%5D=eq&filter%5B0%5D%5Bvalue%5D=$USER_ID'
    for (const query of [FILTERS, String(encoded)]) {
      expect(await objectOf(await client.user(session, query), 200)).toEqual({
        _links: { self: { href: `${href}&page=1` }, first: { href }, last: { href: `${href}&page=1` } },
        _embedded: { user: [expect.objectContaining({ id: 475, username: 'second@example.com' })] },
        page_count: 1,
        page_size: 25,
        total_items: 1,
        page: 1,
      })
    }
  })

  it.each([
    ['', 'required, but missing'],
    [FILTERS.replace('$USER_ID', '474'), 'filter[0][value]'],
    [FILTERS.replace('=eq', '=neq'), 'filter[0][type]'],
    [FILTERS.replace('=id', '=name'), 'filter[0][field]'],
    [`${FILTERS}&filter[1][field]=id`, 'not documented'],
  ])('is not shown for the query %s [A03]', async (query, expected) => {
    const { client } = await scene()
    const refused = await client.user(await client.session(), query)
    expect([refused.status, await refused.json()]).toMatchObject([400, { detail: expect.stringContaining(expected) }])
  })

  it('has an organisation when the account is PJ [A04]', async () => {
    const { client } = await scene()
    const page = await objectOf(await client.user(await client.session()), 200)
    expect(at(page, '_embedded', 'user', 0, '_embedded', 'businessUnit')).toMatchObject({ id: 24, document: 'cnpj' })
  })

  it.each([
    [undefined, {}],
    ['missing', {}],
    ['null', { businessUnit: null }],
    ['empty', { businessUnit: {} }],
  ] as const)('has none otherwise: %s', async (absentBusinessUnit, expected) => {
    const { assine, client } = await scene({ absentBusinessUnit })
    assine.register({ ...assine.credentials, pj: false })
    const page = await objectOf(await client.user(await client.session()), 200)
    expect(at(page, '_embedded', 'user', 0, '_embedded')).toEqual(expected)
  })

  it('is shown for an application token too [A02]', async () => {
    const { assine, client } = await scene()
    const page = await objectOf(await client.user(assine.createByPerson().accessToken), 200)
    expect(at(page, '_embedded', 'user', 0, 'username')).toBe(assine.credentials.username)
    expect(assine.requests.at(-1)).toMatchObject({ operation: 'readUser', token: { family: 1, generation: 1 } })
  })
})
