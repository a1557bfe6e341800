import { expect, it } from 'vitest'
import { main as marketplace } from '../marketplace.ts'
import { main as oneAccount } from '../one-account.ts'
import { main as sharedStore } from '../shared-store.ts'

async function printed(program: (print: (line: string) => void) => Promise<void>): Promise<string[]> {
  const lines: string[] = []
  await program((line) => lines.push(line))
  return lines
}

it('one account goes on although its token is refused and the API fails once', async () => {
  const lines = await printed(oneAccount)
  expect(lines.filter((line) => !line.startsWith('  event'))).toEqual([
    'the first request: 200',
    'a hundred at once, with a refused token: 100 × 200, 1 refresh',
    'after a 503: 200, at attempt 2',
    'token number 2 is fresh',
  ])
  const events = lines.filter((line) => line.startsWith('  event')).map((line) => line.slice('  event: '.length))
  expect(events).toEqual(['refresh.started', 'refresh.done', 'token.rejected', 'refresh.started', 'refresh.done'])
})

it('processes that share a store share one token, obtained once', async () => {
  expect(await printed(sharedStore)).toEqual([
    'three processes: 200, 200, 200',
    'calls of POST /auth: 1',
    'records in the folder: 1',
  ])
})

it('a marketplace calls once for each seller, and a seller with an outdated key disturbs no other', async () => {
  expect(await printed(marketplace)).toEqual([
    'warm: 500 sellers ready, 0 failed',
    'one order each: 500 × 200',
    'token calls: 500',
    'seller-7, with the old key: 401, then credentials-rejected (what to do: reauthorize)',
    'seller-8, at the same time: 200',
    'seller-7, with the new key: 200',
  ])
})
