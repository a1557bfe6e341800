import { join } from 'node:path'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { READER, run, serving } from '../serve/support/serving.ts'
import { expectNoSecret } from '../support/scene.ts'

describeWith(['go'], 'a program in Go', () => {
  it('reads through the proxy, and holds no token', async () => {
    const { scene, url, keyOf } = await serving({ reader: READER })
    const GOCACHE = join(scene.home.path, 'go-build')
    const stdout = await run('go', ['run', 'go/main.go'], { CHAVEIRO_URL: url, CHAVEIRO_KEY: keyOf('reader'), GOCACHE })
    expect(stdout).toBe('0 vendors\n')
    expectNoSecret(scene, stdout)
  })
})
