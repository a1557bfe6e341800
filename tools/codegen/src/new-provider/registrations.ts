import { pascalCase } from '../emit/names.ts'

/** A file of the repository that names each provider, and its text with a new one in it. */
export interface Registration {
  readonly path: string
  readonly register: (text: string) => string
}

/** Where a new provider has to be named. Everything else finds it by its folders. */
export function registrationsOf(id: string): readonly Registration[] {
  const Name = pascalCase(id)
  const exported = `
export {
  type ${Name}Credentials,
  type ${Name}Operation,
  type ${Name}Simulator,
  type ${Name}SimulatorOptions,
  type ${Name}Token,
  simulate${Name},
} from './${id}/simulate-${id}.ts'
`
  return [
    { path: 'packages/simulator/src/index.ts', register: (text) => text + exported },
    {
      path: 'tsconfig.test.json',
      register: (text) => text.replace('"references": [', `"references": [\n    { "path": "packages/${id}" },`),
    },
  ]
}
