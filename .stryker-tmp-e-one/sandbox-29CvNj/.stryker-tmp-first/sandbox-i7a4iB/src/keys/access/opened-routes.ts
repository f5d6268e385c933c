// @ts-nocheck
// 
import { z } from 'zod';

/** A path that is opened to keys, with everything below it. It has no parameters and no slash at its end. */
export const openedRoute = z.string().regex(/^(?:\/[A-Za-z0-9_.~-]+)+$/, 'a path such as /api/v1/meta');

/** Whether a path stands for the whole API: nobody opens that by naming what they mean. */
export function opensEverything(path: string, basePath: string): boolean {
  return `${basePath}/`.startsWith(`${path}/`);
}
