import { type Config, createConfig, loadConfig, type Oas3Rule, type Plugin } from '@redocly/openapi-core'
import { isJson, listIn } from '../spec/json.ts'
import { pointerFragment } from '../spec/json-pointer.ts'
import type { LintSubject, Rule } from './rule.ts'

const PLUGIN = 'chaveiro'

/**
 * The rules of redocly.yaml, and ours beside Redocly's as `chaveiro/<rule>`. That file does not name the plugin: editors
 * read it too, and could not load what needs the spec's model and SOURCES.md.
 */
export async function lintConfig(redocly: Config, configPath: string, ours: OwnRules): Promise<Config> {
  const file: unknown = redocly.document?.parsed
  const presets = listIn(isJson(file) ? file : {}, 'extends').filter((preset) => typeof preset === 'string')
  const plugins = [redoclyPlugin(ours)]
  return loadConfig({ configPath, plugins, customExtends: [...presets, `${PLUGIN}/all`] })
}

/** The same where there is no such file, but its text. */
export function lintConfigOf(redocly: string, ours: OwnRules): Promise<Config> {
  const withOurs = redocly.replace(/^extends:\n/m, `extends:\n  - ${PLUGIN}/all\n`)
  return createConfig(withOurs, { plugins: [redoclyPlugin(ours)] })
}

/** Rules of ours, by name, and what they look at. */
interface OwnRules {
  readonly subject: LintSubject
  readonly rules: Readonly<Record<string, Rule>>
}

function redoclyPlugin({ subject, rules }: OwnRules): Plugin {
  // Redocly puts a plugin's id before the names of rules that it loads from a file, not before those it is handed.
  const named = Object.entries(rules).map(([name, rule]) => [`${PLUGIN}/${name}`, redoclyRule(rule, subject)] as const)
  return {
    id: PLUGIN,
    configs: { all: { rules: { ...REPLACED, ...Object.fromEntries(named.map(([name]) => [name, 'error'])) } } },
    rules: { oas3: Object.fromEntries(named) },
  }
}

// Editors keep Redocly's rule; here ours says the same with the name that was probably meant.
const REPLACED = { 'no-unresolved-refs': 'off' } as const

/** Our rules look at a document as a whole, so each visits its root and nothing else. */
function redoclyRule(rule: Rule, subject: LintSubject): Oas3Rule {
  return () => ({
    Root(_root, context) {
      const { source } = context.location
      for (const { at, sentence, suggest = [] } of rule(subject)) {
        context.report({ message: sentence, suggest: [...suggest], location: { source, pointer: pointerFragment(at) } })
      }
    },
  })
}
