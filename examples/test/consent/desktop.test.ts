import { get } from 'node:http'
import { browser, type Page } from '@chaveiro/test-servers/oauth'
import { expect, it } from 'vitest'
import { connectOnDesktop } from '../../consent/desktop.ts'
import { type Asking, asking, askingServer, managerOf, PROGRAM, PROGRAM_PATH } from './support/asking-server.ts'

const program = (server: Parameters<typeof asking>[0]): Asking =>
  managerOf(asking(server, { client: 'none' }), { credentials: () => PROGRAM })

/** The status of a request that says that it is for another host. */
function statusFor(url: URL, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })
}

it('a program without a secret connects an account', async () => {
  await using server = await askingServer('https://app.example/callback')
  await using tool = program(server)
  const account = tool.tokens.account('me')
  let page: Promise<Page> | undefined
  await connectOnDesktop({
    account,
    path: PROGRAM_PATH,
    open: (url) => {
      page = browser().read(new URL(url))
    },
  })
  expect((await page)?.text).toContain('The account is connected.')
  const token = await account.getToken()
  expect((await account.getToken({ newerThan: token })).generation).toBe(2)
  expect(server.tokenRequests.map(({ error }) => error)).toEqual([undefined, undefined])
})

it('a person who says no is told so, and so is the program', async () => {
  await using server = await askingServer('https://app.example/callback')
  await using tool = program(server)
  server.denyNext()
  let page: Promise<Page> | undefined
  const connected = connectOnDesktop({
    account: tool.tokens.account('me'),
    path: PROGRAM_PATH,
    open: (url) => {
      page = browser().read(new URL(url))
    },
  })
  await expect(connected).rejects.toMatchObject({ code: 'reauthorization-required', consent: true })
  expect((await page)?.text).toContain('The account was not connected.')
})

it('answers at its own address only, and once', async () => {
  await using server = await askingServer('https://app.example/callback')
  await using tool = program(server)
  const statuses: (number | undefined)[] = []
  await connectOnDesktop({
    account: tool.tokens.account('me'),
    path: PROGRAM_PATH,
    open: async (url) => {
      const own = new URL(new URL(url).searchParams.get('redirect_uri') ?? '')
      statuses.push((await fetch(new URL('/', own))).status)
      statuses.push((await fetch(own, { method: 'POST' })).status)
      statuses.push(await statusFor(own, 'evil.example'))
      void browser().read(new URL(url))
    },
  })
  expect(statuses).toEqual([404, 404, 404])
})

it('ends with its signal', async () => {
  await using server = await askingServer('https://app.example/callback')
  await using tool = program(server)
  const controller = new AbortController()
  const connected = connectOnDesktop({
    account: tool.tokens.account('me'),
    path: PROGRAM_PATH,
    open: () => controller.abort(new Error('The window was closed.')),
    signal: controller.signal,
  })
  await expect(connected).rejects.toThrow('The window was closed.')
})
