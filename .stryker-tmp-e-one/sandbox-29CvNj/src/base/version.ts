/** The version of this package. A test checks that it matches package.json. */
// @ts-nocheck

export const VERSION = '0.1.0';
