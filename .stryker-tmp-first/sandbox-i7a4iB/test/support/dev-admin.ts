/** The administrator that the platform creates in an empty database, in development. */
// @ts-nocheck

export const DEV_ADMIN = { email: 'admin@objectos.ai', password: 'admin123' };
