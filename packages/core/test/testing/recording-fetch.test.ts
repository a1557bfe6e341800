import { inspect } from 'node:util'
import { recordingFetch } from '@chaveiro/core/testing'
import { describe, expect, it } from 'vitest'

const URL_WITH_SECRET = 'https://api.example.com/token?refresh_token=canary-1&page=2&flag'

describe('recordingFetch', () => {
  it('gives the prepared answers in their order, and records what was sent', async () => {
    const fetch = recordingFetch([new Response('one'), new Response('two', { status: 201 })])
    const first = await fetch('https://api.example.com/a')
    const second = await fetch(new Request('https://api.example.com/b', { method: 'POST', body: 'x=1' }))
    expect([await first.text(), await second.text(), second.status]).toEqual(['one', 'two', 201])
    expect(fetch.requests).toMatchObject([
      { method: 'GET', url: 'https://api.example.com/a', headers: {}, body: '' },
      { method: 'POST', url: 'https://api.example.com/b' },
    ])
    expect(fetch.requests[1]?.reveal().body).toBe('x=1')
    fetch.assertDone()
  })

  it('shows no query value, no credential and no body unless it is asked to', async () => {
    const fetch = recordingFetch([new Response()])
    const headers = { authorization: 'Bearer canary-2', 'x-api-key': 'canary-3', 'content-type': 'application/json' }
    await fetch(URL_WITH_SECRET, { method: 'POST', headers, body: '{"secret":"canary-4"}' })
    const [request] = fetch.requests
    expect(request).toEqual({
      method: 'POST',
      url: 'https://api.example.com/token?refresh_token=[hidden]&page=[hidden]&flag=[hidden]',
      headers: { authorization: '[hidden]', 'x-api-key': '[hidden]', 'content-type': 'application/json' },
      body: '[hidden]',
    })
    for (const text of [JSON.stringify(fetch.requests), inspect(fetch, { depth: 9 })]) {
      expect(text).not.toContain('canary')
    }
    expect(request?.reveal()).toEqual({ method: 'POST', url: URL_WITH_SECRET, headers, body: '{"secret":"canary-4"}' })
  })

  it('fails, now and in the end, for a request that nothing was prepared for', async () => {
    const fetch = recordingFetch()
    const sentence = 'No answer is prepared for GET https://api.example.com/token?refresh_token=[hidden]'
    await expect(fetch(URL_WITH_SECRET)).rejects.toThrow(sentence)
    expect(() => fetch.assertDone()).toThrow('no answer was prepared for GET https://api.example.com/token')
  })

  it('fails at the end for a prepared answer that was never requested', async () => {
    const fetch = recordingFetch([new Response()])
    fetch.prepare(new Response())
    await fetch('https://api.example.com/')
    expect(() => fetch.assertDone()).toThrow('1 prepared answer was not used')
    await fetch('https://api.example.com/')
    fetch.assertDone()
  })

  it('fails as a connection does with a prepared error, and with the reason of a signal', async () => {
    const reset = new TypeError('fetch failed')
    const fetch = recordingFetch([reset])
    await expect(fetch('https://api.example.com/')).rejects.toBe(reset)
    const signal = AbortSignal.abort(new Error('gone'))
    await expect(fetch('https://api.example.com/', { signal })).rejects.toThrow('gone')
    expect(fetch.requests).toHaveLength(1)
  })

  it('answers every request by a function, which may read the body', async () => {
    const fetch = recordingFetch(async (request) => new Response(await request.text()))
    for (const body of ['one', 'two']) {
      const response = await fetch('https://api.example.com/', { method: 'POST', body })
      expect(await response.text()).toBe(body)
    }
    expect(fetch.requests.map((request) => request.reveal().body)).toEqual(['one', 'two'])
    fetch.assertDone()
  })

  it('answers and records in the order of sending', async () => {
    const fetch = recordingFetch([new Response('first'), new Response('second')])
    const long = new Blob(['x'.repeat(1_000_000)]).stream()
    const slow: RequestInit & { duplex: 'half' } = { method: 'POST', body: long, duplex: 'half' }
    const answers = await Promise.all([fetch('https://api.example.com/1', slow), fetch('https://api.example.com/2')])
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['first', 'second'])
    expect(fetch.requests.map(({ url }) => url)).toEqual(['https://api.example.com/1', 'https://api.example.com/2'])
  })
})
