/** As the generator writes it for the spec of the page. */
export interface paths {
  '/oauth/token': {
    post: {
      requestBody: {
        content: { 'application/json': { grant_type: string; client_id: string; client_secret: string } }
      }
      responses: { 200: { content: { 'application/json': { access_token?: string; expires_in?: number } } } }
    }
  }
}
