import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * The path of Biome's own program. The script of its package starts a shell and finds it by what that prints, which takes more
 * than twice the processor time of a formatting run. Package managers install the package of this system alone.
 */
export function biomeProgram(): string {
  const { platform, arch } = process
  const { resolve } = createRequire(require.resolve('@biomejs/biome/package.json'))
  const file = platform === 'win32' ? 'biome.exe' : 'biome'
  for (const libc of ['', '-musl']) {
    try {
      return resolve(`@biomejs/cli-${platform}-${arch}${libc}/${file}`)
    } catch {
      // The other one is installed, or none.
    }
  }
  throw new Error(`Biome's program for ${platform} on ${arch} isn't installed. Run: npx --yes pnpm@12.21.0 install`)
}
