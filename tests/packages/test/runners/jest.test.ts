import { describe, expect, it } from 'vitest'
import { runJest } from './jest.ts'
import { jestProjects, WITHOUT_SETTING } from './jest-projects.ts'

const passed = (version: string, format: string): object =>
  Object.fromEntries(
    jestProjects(version)
      .filter((project) => project.format === format)
      .map(({ name }) => [name, 'passed']),
  )

describe.each(['29', '30'])('Jest %s', (version) => {
  it('runs tests of servers and of pages as CommonJS, with the settings of the README', async () => {
    const { [WITHOUT_SETTING]: why, ...others } = await runJest(version, 'commonjs')
    expect({ ...others, [WITHOUT_SETTING]: 'passed' }).toEqual(passed(version, 'commonjs'))
    expect(why).toMatch(/outside a module|Unexpected token 'export'|ES Module/i)
  })

  it('runs tests of servers and of pages as ES modules, with the flag of the README', async () => {
    expect(await runJest(version, 'modules')).toEqual(passed(version, 'modules'))
  })
})
