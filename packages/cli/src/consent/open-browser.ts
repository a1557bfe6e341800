/** A program, and its arguments before the address. `%s` in one stands for the address. */
type Opener = readonly [string, ...string[]]

/** Which program opens an address for the person; `undefined`: none on this machine would be seen. */
export function browserOpener(env: Readonly<NodeJS.ProcessEnv>, platform: NodeJS.Platform): Opener | undefined {
  const [program, ...args] = (env['BROWSER'] ?? '').trim().split(/\s+/)
  if (program) return [program, ...args]
  if (env['SSH_CONNECTION'] || env['SSH_TTY']) return undefined
  if (platform === 'darwin') return ['open']
  // Not `start`, which would read the address as a line of a shell.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined
}

/** Opens an address. A program that can't be started changes nothing, because the address is printed too. */
export async function openBrowser([program, ...args]: Opener, url: string): Promise<void> {
  const { spawn } = await import('node:child_process')
  const filled = args.map((arg) => arg.replaceAll('%s', () => url))
  const all = args.some((arg) => arg.includes('%s')) ? filled : [...args, url]
  const child = spawn(program, all, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
