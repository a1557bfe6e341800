export { clientCertificate } from '../client-certificate.ts'
export type { ClientCertificates } from '../provider/certificates.ts'
export { clientCertificates } from './client-certificates.ts'
