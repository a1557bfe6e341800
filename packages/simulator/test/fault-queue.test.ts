import { describe, expect, it } from 'vitest'
import { simulateBitize } from '../src/index.ts'

const visit = (bitize: ReturnType<typeof simulateBitize>) => bitize.fetch(new URL('/vendors', bitize.url))

describe('prepared faults', () => {
  it('are listed until they have met all their requests', async () => {
    const bitize = simulateBitize()
    const fault = bitize.faults.next({ kind: 'status', status: 500, times: 2 })
    expect(bitize.faults.unused()).toEqual([fault])
    await visit(bitize)
    expect(fault).toMatchObject({ kind: 'status', remaining: 1 })
    expect(bitize.faults.unused()).toEqual([fault])
    await visit(bitize)
    expect(fault.remaining).toBe(0)
    expect(bitize.faults.unused()).toEqual([])
  })

  it('count as used from the first request on when they are for all', async () => {
    const bitize = simulateBitize()
    const fault = bitize.faults.next({ kind: 'status', status: 500, times: Infinity })
    expect(bitize.faults.unused()).toEqual([fault])
    await visit(bitize)
    expect(bitize.faults.unused()).toEqual([])
    expect((await visit(bitize)).status).toBe(500)
  })

  it('are forgotten on request, and what hangs is let go', async () => {
    const bitize = simulateBitize()
    const hang = bitize.faults.next({ kind: 'hang' })
    bitize.faults.next({ kind: 'status', status: 500 })
    const held = visit(bitize)
    await hang.met
    bitize.faults.clear()
    expect((await held).status).toBe(401)
    expect(bitize.faults.unused()).toEqual([])
    expect((await visit(bitize)).status).toBe(401)
  })

  it('meet requests to no known operation only when they wait for any', async () => {
    const bitize = simulateBitize()
    const narrow = bitize.faults.next({ kind: 'status', status: 500, operation: 'listVendors' })
    expect((await bitize.fetch(new URL('/nowhere', bitize.url))).status).toBe(404)
    bitize.faults.next({ kind: 'status', status: 502 })
    expect((await bitize.fetch(new URL('/nowhere', bitize.url))).status).toBe(502)
    expect(bitize.faults.unused()).toEqual([narrow])
  })

  it.each([
    [{ times: 0 }, 'times'],
    [{ times: 1.5 }, 'times'],
    [{ times: Number.NaN }, 'times'],
    [{ status: 100 }, 'status'],
    [{ status: 600 }, 'status'],
  ])('cannot be prepared with %o', (wrong, name) => {
    const { faults } = simulateBitize()
    expect(() => faults.next({ kind: 'status', status: 500, ...wrong })).toThrow(name)
    expect(faults.unused()).toEqual([])
  })

  it('cannot send a body in no pieces', () => {
    const { faults } = simulateBitize()
    expect(() => faults.next({ kind: 'slow-body', pieces: 0 })).toThrow('pieces')
  })

  it('cannot wait for an operation that does not exist', () => {
    const { faults } = simulateBitize()
    // @ts-expect-error: the type knows it too
    expect(() => faults.next({ kind: 'reset', operation: 'login' })).toThrow('no "login" here; there are authenticate')
  })
})
