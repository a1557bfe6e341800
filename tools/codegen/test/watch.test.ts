import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { runCommand } from '../src/index.ts'
import { type TemporaryRepository, temporaryRepository } from './temporary-repository.ts'

const provider = 'packages/bitize/src/generated/provider.ts'
const spec = 'specs/bitize/openapi.yaml'

/** Watches until the test ends. Every line that is printed, errors included, in order. */
function watch({ root }: TemporaryRepository): {
  readonly lines: readonly string[]
  readonly stop: () => Promise<number>
} {
  const lines: string[] = []
  const print = (line: string) => lines.push(line)
  const controller = new AbortController()
  const { signal } = controller
  const ended = runCommand(['generate', '--watch'], { root, print, printError: print, signal })
  const stop = () => {
    controller.abort()
    return ended
  }
  onTestFinished(async () => {
    await stop()
  })
  return { lines, stop }
}

/** Waits for a line that is printed after the first `from` ones. */
function printed(lines: readonly string[], text: string, from = 0): Promise<void> {
  return vi.waitFor(() => expect(lines.slice(from).join('\n')).toContain(text), { timeout: 30_000, interval: 20 })
}

// Generously: a busy machine takes its time to tell of a change.
describe('--watch', { timeout: 60_000 }, () => {
  test('generates at once, and again after a change', async () => {
    const specs = await temporaryRepository()
    const { lines } = watch(specs)
    await printed(lines, `created  ${provider}`)

    await specs.edit(spec, 'otherwise: PT15M', 'otherwise: PT10M')

    await printed(lines, `updated  ${provider}`)
    expect(await specs.read(provider)).toContain('otherwiseMs: 600_000')
  })

  test('prints a mistake and keeps the last good output, until the mistake is fixed', async () => {
    const specs = await temporaryRepository()
    const { lines } = watch(specs)
    await printed(lines, `created  ${provider}`)
    const good = await specs.read(provider)

    await specs.edit(spec, 'token: $response.body#/access_token # SEED', 'token: $response.body#/acess_token # SEED')
    await printed(lines, 'Did you mean `access_token`?')
    expect(await specs.read(provider)).toBe(good)

    const before = lines.length
    await specs.edit(spec, 'acess_token', 'access_token')
    await printed(lines, 'up to date.', before)
    expect(await specs.read(provider)).toBe(good)
  })

  test('sees a file that is replaced by another, as editors save', async () => {
    const specs = await temporaryRepository()
    const { lines } = watch(specs)
    await printed(lines, `created  ${provider}`)

    for (const minutes of [5, 10]) {
      const text = (await specs.read(spec)).replace(/otherwise: PT\d+M/, `otherwise: PT${minutes}M`)
      await specs.write(`${spec}.tmp`, text)
      await specs.rename(`${spec}.tmp`, spec)
      await vi.waitFor(async () => expect(await specs.read(provider)).toContain(`otherwiseMs: ${minutes * 60}_000`), {
        timeout: 30_000,
      })
    }
  })

  test('sees a new provider, and goes on when its folder is gone', async () => {
    const specs = await temporaryRepository()
    const { lines } = watch(specs)
    await printed(lines, `created  ${provider}`)

    await specs.add('notary')
    await printed(lines, 'created  packages/notary/src/generated/provider.ts')
    await specs.remove('specs/notary')
    await printed(lines, 'deleted  packages/notary/src/generated/provider.ts')
    expect(await specs.read(provider)).toContain('bitizeProvider')
  })

  test('ends with its signal', async () => {
    const { lines, stop } = watch(await temporaryRepository())
    await printed(lines, `created  ${provider}`)

    expect(await stop()).toBe(0)
  })
})
