/** Where a module runs that a tool resolves: `either` where the tool says the same for both, `unknown` where it says nothing. */
export type Platform = 'server' | 'device' | 'either' | 'unknown'

/** A tool that resolves packages, and the conditions that it sets by itself besides `default`. */
export interface ConditionSet {
  readonly tool: string
  readonly platform: Platform
  readonly conditions: readonly string[]
}

const set = (tool: string, platform: Platform, conditions: string): ConditionSet => ({
  tool,
  platform,
  conditions: conditions.split(' '),
})

/** These are measured: tests/packages asks each tool, in the version that it installs. */
export const MEASURED: readonly ConditionSet[] = [
  set('Node', 'server', 'node import module-sync node-addons'),
  set('esbuild, platform browser', 'device', 'browser module import'),
  set('esbuild, platform node', 'server', 'node module import'),
  set('esbuild, platform neutral', 'unknown', 'import'),
  set('Vite, client', 'device', 'browser module import production'),
  set('Vite, SSR', 'server', 'node module import production'),
  // Vite takes such a server for a page: its user has to name the runtime in `ssr.resolve.conditions`.
  set('Vite, SSR with the target webworker', 'device', 'browser module import production'),
  set('Vite, SSR with the target webworker and workerd', 'server', 'workerd import'),
  set('webpack, target web', 'device', 'browser module module-sync import webpack production'),
  set('webpack, target node', 'server', 'node module module-sync import webpack production'),
  set('webpack, target webworker', 'either', 'worker browser module module-sync import webpack production'),
  set('Rollup with node-resolve', 'unknown', 'module import production'),
  set('Rollup with node-resolve for browsers', 'device', 'browser module import production'),
  set('wrangler', 'server', 'workerd worker browser import'),
  set('Next.js, Node runtime', 'server', 'node module import webpack production react-server'),
  set('Next.js, edge runtime', 'server', 'edge-light browser module import webpack production react-server'),
  set('Next.js, a client component on the server', 'server', 'node module import webpack production'),
  set('Jest 29', 'server', 'node require node-addons'),
  set('Jest 29, ES modules', 'server', 'node import node-addons'),
  set('Jest 29 with jsdom', 'device', 'browser require'),
  set('Jest 29 with jsdom, ES modules', 'device', 'browser import'),
  set('Jest 30', 'server', 'node require node-addons'),
  set('Jest 30, ES modules', 'server', 'node import node-addons module-sync'),
  // Jest 30 sets `node` for every `require`, also of its jsdom.
  set('Jest 30 with jsdom', 'server', 'node browser require'),
  set('Jest 30 with jsdom, ES modules', 'device', 'browser import module-sync'),
  set('vitest', 'server', 'node import development'),
  set('vitest with jsdom', 'server', 'node import development'),
]

/** As their documentation gives them. */
const DOCUMENTED: readonly ConditionSet[] = [
  set('Node, require()', 'server', 'node require module-sync node-addons'),
  set('Deno', 'server', 'deno node import'),
  set('Bun', 'server', 'bun node import'),
  set('Metro, for React Native', 'device', 'react-native require'),
  set('Metro, for the web', 'device', 'browser require'),
  set('Nitro for Cloudflare', 'server', 'workerd worker import'),
  // How several frameworks call esbuild for a Worker.
  set('esbuild for a Worker', 'server', 'workerd worker browser module import'),
  set('esbuild for an edge function', 'server', 'edge-light worker browser module import'),
  set('a bundler that sets worker and browser only', 'either', 'worker browser import'),
]

export const CONDITION_SETS: readonly ConditionSet[] = [...MEASURED, ...DOCUMENTED]
