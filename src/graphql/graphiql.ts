/** What GraphiQL shows first: the mutation, filled in, and who is asking. */
export const GRAPHIQL_DOCUMENT = `# Sign in first (POST /api/v1/auth/sign-in/email): the session cookie of this browser
# counts here, or put { "Authorization": "Bearer <session token>" } into the Headers tab.

mutation CreateApiKey {
  createApiKey(input: { name: "My first key" }) {
    apiKey {
      id
      name
      prefix
      expiresAt
      status
    }
    # Shown once. Copy it now.
    key
  }
}

query Viewer {
  viewer {
    id
    email
    organizationId
    scopes
  }
}
`;
