import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeWith, promtool } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'

const fileIn = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const RULES = fileIn('examples/observability/alerts.yml')
const TESTS = fileIn('examples/observability/alerts.test.yml')
const alerts = [...readFileSync(RULES, 'utf8').matchAll(/^ +- alert: (\w+)$/gm)].map(([, name = '']) => name)

describeWith(['prometheus'], 'the alert rules', () => {
  it('are rules that Prometheus takes', () => {
    expect(promtool('check', 'rules', RULES)).toContain(`SUCCESS: ${alerts.length} rules found`)
  })

  it('ring when they should, and not before or after', () => {
    expect(promtool('test', 'rules', TESTS)).toContain('SUCCESS')
    const tested = readFileSync(TESTS, 'utf8')
    expect(alerts.filter((name) => !tested.includes(`alertname: ${name}`))).toEqual([])
  })

  it.each(['docs/alerts.md', 'docs/alerts.pt-BR.md'])('are all explained in %s, where their links lead', (page) => {
    const headings = [...readFileSync(fileIn(page), 'utf8').matchAll(/^## (Chaveiro\w+)$/gm)].map(([, name]) => name)
    expect(headings).toEqual(alerts)
    const rules = readFileSync(RULES, 'utf8')
    expect(alerts.filter((name) => !rules.includes(`docs/alerts.md#${name.toLowerCase()}`))).toEqual([])
  })
})
