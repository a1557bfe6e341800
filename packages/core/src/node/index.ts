export { type CertificateFiles, certificateFile } from './certificate-file.ts'
export { type NodeFetch, type NodeFetchOptions, nodeFetch } from './node-fetch.ts'
export type { ProxyOption } from './proxy-for.ts'
export { type RawAnswer, type RawBody, rawAnswer } from './raw-answer.ts'
