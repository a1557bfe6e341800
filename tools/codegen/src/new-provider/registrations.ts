import { pascalCase } from '../emit/names.ts'
import type { ProviderPlan } from './plan.ts'

/** A file of the repository that names each provider, and its text with a new one in it. */
export interface Registration {
  readonly path: string
  readonly register: (text: string) => string
}

/** Where a new provider has to be named. Everything else finds it by its folders. */
export function registrationsOf({ id, tokens }: ProviderPlan): readonly Registration[] {
  const Name = pascalCase(id)
  // Options and tokens of a standard provider are those of the authorization server.
  const own = tokens.kind === 'standard' ? [] : ['Credentials', 'SimulatorOptions', 'Token']
  const types = ['Operation', 'Simulator', ...own].sort().map((name) => `type ${Name}${name}`)
  const exported = `\nexport {\n  ${[...types, `simulate${Name}`].join(',\n  ')},\n} from './${id}/simulate-${id}.ts'\n`
  return [
    { path: 'packages/simulator/src/index.ts', register: (text) => text + exported },
    {
      path: 'tsconfig.test.json',
      register: (text) => text.replace('"references": [', `"references": [\n    { "path": "packages/${id}" },`),
    },
  ]
}
