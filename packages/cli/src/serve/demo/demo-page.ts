import type { ServeTexts } from '../../messages/serve.en.ts'
import type { Session } from '../../session/session.ts'
import { coloursFor } from '../../terminal/colours.ts'
import { cells, fit, widthOf } from '../../terminal/fit.ts'

/** A call that the demo has made. */
export interface DemoCall {
  readonly door: 'proxy' | 'token'
  readonly method: 'GET'
  readonly path: string
  readonly key: string
  readonly status: number
  readonly body: string
  /** How long it took, in milliseconds. */
  readonly ms: number
}

/** What a demo shows. */
export interface ShownDemo {
  /** Of the server. */
  readonly url: string
  /** Of the simulated provider. */
  readonly simulator: string
  readonly calls: readonly DemoCall[]
}

// A page needs a width in a pipe too.
const IN_A_PIPE = 80
const SUCCESS = 200

/** What was called, what came back, and the commands that do it again. */
export function demoPage({ stdout, env }: Session, texts: ServeTexts, { url, simulator, calls }: ShownDemo): string {
  const width = widthOf(stdout, env) ?? IN_A_PIPE
  const colours = coloursFor(stdout, env)
  const { demo } = texts
  const blocks = calls.map((call) => {
    const mark = call.status === SUCCESS ? colours.green('✓') : colours.red('✗')
    const outcome = `${call.status}  ${demo.time(Math.max(1, Math.round(call.ms)))}`
    const asked = `    ${call.method} ${call.path}`
    const room = Math.max(2, width - cells(asked) - cells(outcome))
    return [
      `${mark} ${fit(demo.doors[call.door], width - 2, 0).replaceAll('\n', '\n  ')}`,
      `${asked}${' '.repeat(room)}${outcome}`,
      `    ${colours.dim(cut(call.body, width - 4))}`,
    ].join('\n')
  })
  const commands = calls.flatMap((call) => {
    const shown = [[`# ${demo.curl[call.door]}`, curl(url, call)]]
    return call.door === 'proxy' ? [...shown, [`# ${demo.python}`, python(url, call)]] : shown
  })
  return [
    fit(demo.title(simulator, url), width),
    ...blocks,
    fit(demo.repeat, width),
    ...commands.map(([comment = '', command = '']) => `${colours.dim(comment)}\n${command}`),
    `${fit(demo.log, width)}\n`,
  ].join('\n\n')
}

// Each half fits into 80 columns, the key included.
function curl(url: string, { path, key }: DemoCall): string {
  return `curl ${url}${path} \\\n--oauth2-bearer ${key}`
}

/** A program without packages, whole, so that it can be pasted anywhere. */
function python(url: string, { path, key }: DemoCall): string {
  return [
    `python3 -c '`,
    'import urllib.request',
    `url = "${url}${path}"`,
    `key = "${key}"`,
    'headers = {"Authorization": "Bearer " + key}',
    'request = urllib.request.Request(url, headers=headers)',
    `print(urllib.request.urlopen(request).read().decode())'`,
  ].join('\n')
}

/** The beginning of a text, on one line. */
function cut(text: string, width: number): string {
  const line = text.replaceAll('\n', ' ').trim()
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`
}
