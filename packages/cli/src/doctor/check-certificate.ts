import { isChaveiroError } from '@chaveiro/core'
import type { AccountDocument } from '../accounts/keyring.ts'
import { certificatesIn } from '../providers/certificate-inputs.ts'
import { type CertificatePaths, certificateOf, readCertificate } from '../providers/certificate-paths.ts'
import type { CliFacts } from '../providers/sign-in-method.ts'
import type { Session } from '../session/session.ts'
import { type Finding, fine, trouble, warning } from './finding.ts'

const DAY_MS = 86_400_000
// As the event of the library has it.
const SOON_DAYS = 30

/** Can the certificates of an account be read, and until when are they valid? `login`: the command that takes others. */
export async function checkCertificates(
  session: Session,
  facts: CliFacts,
  { inputs }: AccountDocument,
  login: string,
): Promise<readonly Finding[]> {
  const certificates = certificatesIn(facts.inputs, inputs)
  return Promise.all(certificates.map(([, paths]) => checkCertificate(session, paths, login)))
}

/** The certificate that the account presents to its servers. */
export function presentedBy(
  facts: CliFacts,
  { inputs }: AccountDocument,
): ReturnType<typeof certificateOf> | undefined {
  const [first] = certificatesIn(facts.inputs, inputs)
  return first && certificateOf(first[1])
}

async function checkCertificate({ texts }: Session, paths: CertificatePaths, login: string): Promise<Finding> {
  const { certificate } = texts.connection
  try {
    const { endsAt } = await readCertificate(paths)
    if (endsAt === undefined) return fine('certificate', certificate.opens)
    const files = [paths.path, ...(paths.key === undefined ? [] : [paths.key])]
    const left = endsAt - Date.now()
    if (left <= 0) return trouble('certificate', certificate.ended(endsAt), certificate.renew(files))
    const days = Math.floor(left / DAY_MS)
    const detail = certificate.ends(endsAt, days)
    return days < SOON_DAYS ? warning('certificate', detail, certificate.renew(files)) : fine('certificate', detail)
  } catch (error) {
    if (isChaveiroError(error)) return trouble('certificate', error.message, certificate.fix(login))
    throw error
  }
}
