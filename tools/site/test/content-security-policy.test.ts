import { expect, it } from 'vitest'
import { withContentSecurityPolicy } from '../src/content-security-policy.ts'

it('allows the scripts that are in the page, by what they say, and no others', () => {
  const html = '<html>\n  <head>\n<script id="a">x()</script><script type="module" src="/b.js"></script></head></html>'
  const page = withContentSecurityPolicy(html)
  const policy = /<head>\n {4}<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page)?.[1] ?? ''
  // printf 'x()' | openssl dgst -sha256 -binary | base64
  expect(policy).toContain("script-src 'self' 'sha256-D6IGS8VMvCoyaR/l0h9tERrBTATY01CoPS7l6xDv0kI='; ")
  expect(policy).toMatch(/^default-src 'none'; /)
  expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/)
})
