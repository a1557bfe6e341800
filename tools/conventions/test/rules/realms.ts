import { type Repository, typescriptFiles } from '../repository.ts'

// The command is a program of its own, so its values are all of one realm.
const COMMAND = 'packages/cli/'

/**
 * No `instanceof` of a built-in class: it is false for a value of another realm, such as the `vm` contexts of test
 * runners. `packages/core/src/brands.ts` tells by the shape.
 */
export function noBuiltInInstanceof(repository: Repository): readonly string[] {
  return typescriptFiles('packages', repository)
    .filter((file) => /^packages\/[^/]+\/src\//.test(file) && !file.startsWith(COMMAND))
    .flatMap((file) =>
      [...repository.read(file).matchAll(/\binstanceof\s+(?:globalThis\.)?(\w+)/g)]
        .filter(([, name = '']) => name in globalThis)
        .map(([, name]) => `${file} asks for instanceof ${name}, which is false for a value of another realm.`),
    )
}
