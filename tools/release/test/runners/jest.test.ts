import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROJECT } from '../installed.ts'
import { RUNNERS } from './folder.ts'
import { WITHOUT_SETTING, writeJestProjects } from './jest.ts'

/** What is read of Jest's own report. */
interface JestReport {
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string }[]
}

/** Runs Jest over all projects at once, and gives for each why it failed, or an empty text. */
async function outcomes(version: string): Promise<readonly string[]> {
  const configuration = await writeJestProjects(version)
  const args = ['--experimental-vm-modules', '--no-warnings', join(RUNNERS, `node_modules/jest${version}/bin/jest.js`)]
  const printed = await new Promise<string>((resolve) => {
    // It fails, because one of the projects is meant to.
    execFile(process.execPath, [...args, '--config', configuration, '--json'], { cwd: PROJECT }, (_, stdout) =>
      resolve(stdout),
    )
  })
  const report: JestReport = JSON.parse(printed)
  const messages: string[] = []
  for (const { name, status, message } of report.testResults) {
    messages[Number(name.split('/').at(-2))] = status === 'passed' ? '' : message || status
  }
  return messages
}

describe.each(['29', '30'])('Jest %s', (version) => {
  it('runs tests of servers and pages with the settings of the README, and names ES modules without them', async () => {
    const messages = await outcomes(version)
    expect(messages).toHaveLength(12)
    expect(messages.filter((message, at) => message !== '' && at !== WITHOUT_SETTING)).toEqual([])
    expect(messages[WITHOUT_SETTING]).toMatch(/Unexpected token 'export'|ES module/i)
  })
})
