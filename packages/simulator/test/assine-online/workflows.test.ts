import { afterEach, describe, expect, it } from 'vitest'
import { assineScenes, createStage } from './scene.ts'

const create = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

describe.each(assineScenes)('the ordinary API, %s', (_, openScene) => {
  const { scene, close } = createStage(openScene)
  afterEach(close)

  it('takes tokens of both kinds, and shows each creation once [A01, A26]', async () => {
    const { assine, client } = await scene()
    const session = await client.session()
    const { accessToken } = await client.minted(session)
    for (const token of [session, accessToken]) {
      const created = await client.send('/v1/workflow', token, create({ message: 'Contrato' }))
      expect(created.status).toBe(201)
      expect(await created.json()).toEqual(assine.workflows.at(-1))
    }
    expect(assine.workflows).toEqual([
      { id: 1, message: 'Contrato' },
      { id: 2, message: 'Contrato' },
    ])
    expect(assine.count('createWorkflow')).toBe(2)
    const read = await client.send('/v1/workflow/2', accessToken)
    expect([read.status, await read.json()]).toEqual([200, { id: 2, message: 'Contrato' }])
  })

  it('answers 401 without a good token, 404 for what is not there and 400 for a body that is not an object', async () => {
    const { assine, client } = await scene()
    const session = await client.session()
    expect((await client.send('/v1/workflow', undefined, create({}))).status).toBe(401)
    expect((await client.send('/v1/workflow/1', 'never-issued')).status).toBe(401)
    expect((await client.send('/v1/workflow/1', session)).status).toBe(404)
    expect((await client.send('/workflow', session, create({}))).status).toBe(404)
    expect((await client.send('/v1/workflow', session, create([]))).status).toBe(400)
    expect(assine.workflows).toEqual([])
  })
})
