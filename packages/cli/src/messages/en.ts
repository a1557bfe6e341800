// One module for each language, so that one file is loaded for it.
export { data } from './data.en.ts'
export { help } from './help.en.ts'
export { talk } from './talk.en.ts'
