export { stagePages } from './stage-pages.ts'
