import { hasTag } from '../brands.ts'

/** By its shape, so that one of another library or realm is written too. A stream of npm's `form-data` is not one. */
export function isForm(body: unknown): body is FormData {
  return hasTag(body, /^FormData$/) && typeof body === 'object' && body !== null && 'forEach' in body
}

/**
 * A form as a Blob, written as the Fetch Standard does (multipart/form-data encoding algorithm): undici's own fetch from
 * npm does not recognise the platform's FormData. Files are referred to, not read.
 */
export function multipart(form: FormData): Blob {
  const boundary = `----${crypto.randomUUID()}`
  const parts: (string | Blob)[] = []
  form.forEach((value, name) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(lines(name))}"`
    if (typeof value === 'string') parts.push(`${head}\r\n\r\n${lines(value)}`)
    else {
      const type = value.type || 'application/octet-stream'
      parts.push(`${head}; filename="${quoted(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`, value)
    }
    parts.push('\r\n')
  })
  return new Blob([...parts, `--${boundary}--\r\n`], { type: `multipart/form-data; boundary=${boundary}` })
}

function lines(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n')
}

function quoted(text: string): string {
  return text.replace(/[\r\n"]/g, encodeURIComponent)
}
