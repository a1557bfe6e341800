import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, createServer } from 'vitepress'
import { stagePages } from './stage-pages.ts'
import { watchPages } from './watch-pages.ts'

const site = fileURLToPath(new URL('..', import.meta.url))
const root = join(site, '../..')
const pages = join(site, 'build/pages')
const [command, base = '/'] = process.argv.slice(2)

await stagePages(root, pages)
if (command === 'dev') {
  const server = await createServer(site)
  await server.listen()
  server.printUrls()
  watchPages(root, pages)
} else {
  await build(site, { base })
  console.log('Written: tools/site/build/site')
}
