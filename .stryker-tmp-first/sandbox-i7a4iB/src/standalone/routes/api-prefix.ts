/** The prefix of the platform's API in this server. */
// @ts-nocheck

export const API_PREFIX = '/api/v1';
