import type { BitizeOptions } from '@chaveiro/bitize'
import { NestFactory } from '@nestjs/core'
import { expect, it, onTestFinished } from 'vitest'
import { BitizeService } from '../../recipes/nestjs/bitize.module.ts'
import { ShopModule } from '../../recipes/nestjs/shop.module.ts'
import { bitizeForTest } from './support/bitize.ts'

async function shop(options: Partial<BitizeOptions> = {}) {
  const { simulator, options: given } = await bitizeForTest()
  const app = await NestFactory.create(ShopModule.forRoot({ ...given, ...options }), { logger: false })
  onTestFinished(() => app.close())
  await app.listen(0, '127.0.0.1')
  return { app, simulator, vendors: `${await app.getUrl()}/vendors` }
}

it('obtains one token for ten visitors at once, and hides a rejected one from them', async () => {
  const { simulator, vendors } = await shop()
  const visit = async () => (await fetch(vendors)).status
  expect(await Promise.all(Array.from({ length: 10 }, visit))).toEqual(Array(10).fill(200))
  simulator.revoke()
  expect(await Promise.all(Array.from({ length: 10 }, visit))).toEqual(Array(10).fill(200))
  expect([simulator.count('authenticate'), simulator.count('refreshAccessToken')]).toEqual([1, 1])
})

it('answers 502 where the API refuses', async () => {
  const { simulator, vendors } = await shop()
  simulator.faults.next({ kind: 'status', status: 403, operation: 'listVendors' })
  expect((await fetch(vendors)).status).toBe(502)
})

it('answers 503 with a code where there is no token', async () => {
  const { vendors } = await shop({ secretKey: 'outdated-secret' })
  const visit = await fetch(vendors)
  expect([visit.status, await visit.json()]).toEqual([503, { error: 'credentials-rejected' }])
})

it('closes the client when the application ends', async () => {
  const { app } = await shop()
  const { client } = app.get(BitizeService)
  await app.close()
  await expect(client.getToken()).rejects.toMatchObject({ code: 'closed' })
})
