/** One way to break the code, and the tests that must notice. */
export interface Mutation {
  /** In the imperative: what the mutation does. */
  readonly name: string
  /** What a user would suffer. */
  readonly breaks: string
  /** Below `packages`: the package, a slash, and the path below its `src`. */
  readonly file: `${MutatedPackage}/${string}`
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** The test files of the package that are about it, without `.test.ts`. They run in this order. */
  readonly tests: readonly string[]
  /** The model of the engine must see it too. */
  readonly inModel?: true
}

/** The packages that mutations are made in. */
export const MUTATED_PACKAGES = ['core', 'stores'] as const
export type MutatedPackage = (typeof MUTATED_PACKAGES)[number]

/** A test file of a package, as a path below the repository. */
export function testFile(name: MutatedPackage, test: string): string {
  return `packages/${name}/test/${test}.test.ts`
}

/** The package that the mutation is made in, and the file below it. */
export function placeOf({ file }: Mutation): { readonly package: MutatedPackage; readonly path: string } {
  const name = MUTATED_PACKAGES.find((one) => file.startsWith(`${one}/`)) ?? 'core'
  return { package: name, path: `packages/${name}/src/${file.slice(name.length + 1)}` }
}
