import { fileURLToPath } from 'node:url'
import { siteConfig } from '../src/site-config.ts'

export default siteConfig(fileURLToPath(new URL('..', import.meta.url)))
