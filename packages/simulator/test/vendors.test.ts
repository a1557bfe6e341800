import { describe, expect, it } from 'vitest'
import { simulateBitize } from '../src/index.ts'
import { createClient } from './bitize-client.ts'

const open = async () => {
  const bitize = simulateBitize()
  const client = createClient(bitize.fetch, bitize.url, bitize.credentials)
  return { bitize, client, accessToken: (await client.tokens()).access_token }
}

const send = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

describe('the ordinary API', () => {
  it('lists in the documented envelope', async () => {
    const { client, accessToken } = await open()
    const created = await client.api('/vendors', accessToken, send('POST', { name: 'Padaria' }))
    const listed = await client.api('/vendors', accessToken)
    expect(await listed.json()).toEqual({
      paging: { limit: 1, page: 1, pages: 1, total: 1 },
      sort: [],
      available_filters: [],
      applied_filters: [],
      data: [await created.json()],
    })
  })

  it('answers a creation with 200 and an id, and shows each creation once', async () => {
    const { bitize, client, accessToken } = await open()
    const created = await client.api('/vendors', accessToken, send('POST', { name: 'Padaria' }))
    expect(created.status).toBe(200)
    expect(bitize.vendors).toEqual([{ name: 'Padaria', id: expect.stringMatching(/^[0-9a-f-]{36}$/) }])
    expect(await created.json()).toEqual(bitize.vendors[0])
    expect(bitize.count('createVendor')).toBe(1)
  })

  it('reads and updates a vendor, and keeps its id', async () => {
    const { bitize, client, accessToken } = await open()
    await client.api('/vendors', accessToken, send('POST', { name: 'Padaria', city: 'Recife' }))
    const id = bitize.vendors[0]?.id
    const updated = await client.api(`/vendors/${id}`, accessToken, send('PUT', { name: 'Mercado', id: 'another' }))
    expect(await updated.json()).toEqual({ name: 'Mercado', city: 'Recife', id })
    const read = await client.api(`/vendors/${id}`, accessToken)
    expect(await read.json()).toEqual({ name: 'Mercado', city: 'Recife', id })
  })

  it('answers 404 in the error model for a vendor or a path that is not there', async () => {
    const { client, accessToken } = await open()
    for (const path of ['/vendors/none', '/vendors/%zz', '/users', '/']) {
      const response = await client.api(path, accessToken)
      expect([path, response.status]).toEqual([path, 404])
      expect(await response.json()).toMatchObject({ status: 404, title: 'Não encontrado', validation: null })
    }
    expect((await client.api('/vendors/none', accessToken, send('PUT', {}))).status).toBe(404)
  })

  it('refuses a body that is not a JSON object', async () => {
    const { bitize, client, accessToken } = await open()
    const list = await client.api('/vendors', accessToken, send('POST', ['Padaria']))
    const text = await client.api('/vendors', accessToken, { method: 'POST', body: 'Padaria' })
    expect([list.status, text.status]).toEqual([400, 400])
    expect(bitize.vendors).toEqual([])
  })

  it.each([
    ['none', undefined, 'missing'],
    ['another scheme', 'Basic abc', 'missing'],
    ['one never issued', 'Bearer never-issued', 'unknown'],
  ])('refuses %s as access token (B01, B11)', async (_, authorization, why) => {
    const { bitize, client } = await open()
    const headers = authorization === undefined ? {} : { authorization }
    const response = await client.api('/vendors', undefined, { headers })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ status: 401, detail: `header.authorization: access token ${why}` })
    expect(bitize.requests.at(-1)).toMatchObject({ operation: 'listVendors', token: undefined, status: 401 })
  })

  it('takes the scheme in any case', async () => {
    const { client, accessToken } = await open()
    const headers = { authorization: `bearer ${accessToken}` }
    expect((await client.api('/vendors', undefined, { headers })).status).toBe(200)
  })
})
