/** The prefix of the platform's API in this server. */
export const API_PREFIX = '/api/v1';
