import { ADMIN_PATH } from './admin.ts'

// Everything comes from this server, and nothing may be added to the page.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A file of the page, by its path below `/__simulator`; undefined: there is no such file. It is loaded when it is asked for. */
export const pageFile = async (path: string): Promise<Response | undefined> => {
  if (path === '') return new Response(null, { status: 307, headers: { location: `${ADMIN_PATH}/` } })
  const name = path === '/' ? 'page.html' : path.slice(1)
  if (!/^[a-z-]+\.(?:html|css|js|svg)$/.test(name)) return undefined
  const { PAGE } = await import('../generated/page.ts')
  const file = Object.hasOwn(PAGE, name) ? PAGE[name] : undefined
  if (file === undefined) return undefined
  return new Response(file.text, {
    headers: {
      'content-type': file.type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  })
}
