// The interceptor that people write. Don't copy it: each numbered line is a fault that a test of ours shows.
import axios, { type AxiosError, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios'

interface Tokens {
  accessToken: string
  refreshToken: string
  expiresAt: number
}

/** The keys, and the row of a table where the tokens are kept. */
export interface InterceptorSettings {
  baseURL: string
  consumerKey: string
  secretKey: string
  load: () => Promise<Tokens | undefined>
  save: (tokens: Tokens) => Promise<void>
  retryDelayMs?: number
}

interface TokenAnswer {
  access_token: string
  refresh_token: string
  expiration_access_token: string
}

interface RetriableConfig extends InternalAxiosRequestConfig {
  isRetry?: boolean
  retries?: number
}

let isRefreshing = false
let waiting: ((token: string) => void)[] = [] // 1: one queue for all accounts of the process

/** axios with an interceptor that obtains, attaches and refreshes tokens. */
export function createApi(settings: InterceptorSettings): AxiosInstance {
  const { baseURL, consumerKey, secretKey, load, save, retryDelayMs = 1000 } = settings
  const api = axios.create({ baseURL, timeout: 10_000 })

  async function login(): Promise<Tokens> {
    const keys = { consumer_key: consumerKey, secret_key: secretKey }
    const { data } = await axios.post<TokenAnswer>(`${baseURL}/auth`, keys)
    return keep(data)
  }

  async function refresh(refreshToken: string): Promise<Tokens> {
    const params = { refresh_token: refreshToken }
    const { data } = await axios.get<TokenAnswer>(`${baseURL}/auth`, { params })
    return keep(data)
  }

  async function keep(data: TokenAnswer): Promise<Tokens> {
    const tokens = {
      accessToken: data.access_token,
      refreshToken: data.refresh_token,
      expiresAt: Date.parse(data.expiration_access_token),
    }
    await save(tokens) // 2: if this fails, the only good refresh token is gone
    return tokens
  }

  api.interceptors.request.use(async (config) => {
    let tokens = await load()
    if (!tokens) {
      tokens = await login() // 3: each of the first requests logs in
    } else if (tokens.expiresAt <= Date.now()) {
      tokens = await refresh(tokens.refreshToken) // 4: each request sends the same single-use token
    } // 5: a refresh token that has ended is never replaced by a login
    config.headers.Authorization = `Bearer ${tokens.accessToken}` // 6: to whatever host the URL names
    return config
  })

  api.interceptors.response.use(undefined, async (error: AxiosError) => {
    const config: RetriableConfig | undefined = error.config
    if (!config) throw error

    if (error.response?.status === 401 && !config.isRetry) {
      if (isRefreshing) {
        return new Promise((resolve) => {
          // 7: nothing calls this if the refresh fails
          waiting.push((token) => {
            config.headers.Authorization = `Bearer ${token}`
            resolve(api(config))
          })
        })
      }
      config.isRetry = true
      isRefreshing = true
      try {
        const tokens = await load() // 8: refreshes even if a newer token is here already
        const { accessToken } = await refresh(tokens?.refreshToken ?? '') // 9: while another process does the same
        for (const go of waiting) go(accessToken)
        waiting = []
        return await api(config)
      } finally {
        isRefreshing = false
      }
    }

    const isTransient = !error.response || error.response.status >= 500
    const retries = config.retries ?? 0
    if (isTransient && retries < 3) {
      config.retries = retries + 1
      // 10: repeats a POST that may have been applied; 11: however long the server asks to be left alone
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs * (retries + 1)))
      return api(config)
    }
    throw error // 12: a logger that prints it prints the token
  })

  return api
}
