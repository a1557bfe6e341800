import { CardNumberError, CardTokenError, failNextCard, tokenizeCard } from '@chaveiro/genpag/card/testing'
import { describe, expect, it, vi } from 'vitest'
import type { TokenizeCardOptions } from '../../src/card/check-card.ts'
import { tokenizeCard as tokenizeForReal } from '../../src/card/tokenize-card.ts'

const CARD: TokenizeCardOptions = { server: 'sandbox', clientToken: 'client-token', cardNumber: '4444 3333 2222 1111' }

/** What a call in plain JavaScript can pass, too. */
const errorOf = (tokenize: typeof tokenizeCard, wrong: object): Promise<unknown> =>
  tokenize(Object.assign({ ...CARD }, wrong)).catch((error: unknown) => error)

describe('tokenizeCard() for tests', () => {
  it('gives the same card the same token, however its number is written, and sends nothing', async () => {
    const fetch = vi.spyOn(globalThis, 'fetch')
    expect(await tokenizeCard(CARD)).toBe('fake-card-token-1111')
    expect(await tokenizeCard({ ...CARD, cardNumber: '4444-3333-2222-1111' })).toBe('fake-card-token-1111')
    expect(await tokenizeCard({ ...CARD, cardNumber: '5555555555554444' })).toBe('fake-card-token-4444')
    expect(fetch).not.toHaveBeenCalled()
  })

  it.each([
    { cardNumber: '4444 3333 2222 1112' },
    { cardNumber: 'four' },
    { cardNumber: undefined },
    { clientToken: '' },
    { clientToken: 'Bearer client-token' },
    { server: 'production' },
    { server: new URL('http://api.example.com') },
    { server: new URL('https://user:password@api.example.com') },
  ])('refuses %j as the real one does', async (wrong) => {
    const error = await errorOf(tokenizeCard, wrong)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toStrictEqual(await errorOf(tokenizeForReal, wrong))
  })

  it('fails once, the way the test asks for, and works again', async () => {
    failNextCard('throttled', 429)
    const mistaken = await errorOf(tokenizeCard, { cardNumber: '1' })
    expect(mistaken).toBeInstanceOf(CardNumberError)
    const error = await errorOf(tokenizeCard, {})
    expect(error).toBeInstanceOf(CardTokenError)
    expect(error).toMatchObject({ code: 'throttled', status: 429 })
    expect(await tokenizeCard(CARD)).toBe('fake-card-token-1111')
  })

  it('ends with the reason of a signal that was aborted', async () => {
    const reason = new Error('the customer closed the page')
    expect(await errorOf(tokenizeCard, { signal: AbortSignal.abort(reason) })).toBe(reason)
  })
})
