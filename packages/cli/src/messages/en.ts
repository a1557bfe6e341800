// One module for each language, so that one file is loaded for it. `talk` is what the command says while it works, `help` its
// help texts, `data` what it says about files, pipes and JSON. The other language has the same keys.
export { data } from './data.en.ts'
export { help } from './help.en.ts'
export { talk } from './talk.en.ts'
