/** A page that was reached without another redirect. */
export interface Page {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A browser's part, as far as a consent needs it: redirects and cookies. */
export interface Browser {
  /** Follows redirects until they lead to an address that begins with `until`, which is not visited. */
  visit(start: URL, until: string): Promise<URL>
  /** Follows redirects until a page answers. */
  read(start: URL): Promise<Page>
}

/** A new one, without cookies. */
export function browser(): Browser {
  const jars = new Map<string, Map<string, string>>()

  const send = async (url: URL): Promise<Response> => {
    const jar = jars.get(url.origin) ?? new Map<string, string>()
    jars.set(url.origin, jar)
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/; *max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  return {
    async visit(start, until) {
      for (let url = start; ; ) {
        if (url.href.startsWith(until)) return url
        const response = await send(url)
        const location = response.headers.get('location')
        if (location === null) throw new Error(`${url.pathname} answered ${response.status}, not with a redirect.`)
        url = new URL(location, url)
      }
    },
    async read(start) {
      for (let url = start; ; ) {
        const page = await pageAt(url)
        const location = page.headers.get('location')
        if (location === null) return page
        url = new URL(location, url)
      }
    },
  }

  async function pageAt(url: URL): Promise<Page> {
    const response = await send(url)
    return { url, status: response.status, headers: response.headers, text: await response.text() }
  }
}
