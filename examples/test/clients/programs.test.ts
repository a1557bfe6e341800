import { expect, it } from 'vitest'
import { main as axios } from '../../clients/axios.ts'
import { main as ky } from '../../clients/ky.ts'
import { main as ofetch } from '../../clients/ofetch.ts'
import { main as openapiFetch } from '../../clients/openapi-fetch.ts'
import { main as plainFetch } from '../../clients/plain-fetch.ts'

it.each(Object.entries({ plainFetch, openapiFetch, ky, ofetch, axios }))(
  '%s prints what all of them print',
  async (_, program) => {
    const lines: string[] = []
    await program((line) => lines.push(line))
    // The refused one, the one that failed, and the one that was answered.
    expect(lines).toEqual(['created: Padaria São João', 'listed: 1, after 3 requests', 'not there: status 404'])
  },
)
