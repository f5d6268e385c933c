// @ts-nocheck
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Who becomes the first administrator of an empty database, without a set-up token. */
export interface SetUpConfig {
  readonly email: string;
  readonly password: string;
}

const password = z.string().min(12, 'must have at least 12 characters').max(128);

/** The variables that make the first administrator. */
export const signInEnvironment = {
  SETUP_ADMIN_EMAIL: z.email('must be an e-mail address').optional().meta({
    values: 'an e-mail address',
    fallback: 'none',
    description:
      'Creates this administrator when the server starts on an empty database. Without it the server prints a set-up token at start.',
  }),
  SETUP_ADMIN_PASSWORD: password.optional().meta({
    values: 'at least 12 characters',
    fallback: 'none',
    description: 'The first password of the administrator in `SETUP_ADMIN_EMAIL`.',
  }),
  SETUP_ADMIN_PASSWORD_FILE: z.string().optional().meta({
    values: 'a path',
    fallback: 'none',
    description: 'A file that contains the first password of that administrator, such as a container secret.',
  }),
};

type SignInEnvironment = z.output<z.ZodObject<typeof signInEnvironment>>;

export function setUpConfig(env: SignInEnvironment): SetUpConfig | undefined {
  const { SETUP_ADMIN_EMAIL: email, SETUP_ADMIN_PASSWORD: given, SETUP_ADMIN_PASSWORD_FILE: file } = env;
  const secret = given ?? (file === undefined ? undefined : contentOf(file));
  return email === undefined || secret === undefined ? undefined : { email, password: secret };
}

/** What is wrong with the variables together. */
export function setUpProblems(env: NodeJS.ProcessEnv): string[] {
  const { SETUP_ADMIN_EMAIL: email, SETUP_ADMIN_PASSWORD: given, SETUP_ADMIN_PASSWORD_FILE: file } = env;
  if (email === undefined && given === undefined && file === undefined) return [];
  if (email === undefined) return ['SETUP_ADMIN_EMAIL is required with the password'];
  if ((given === undefined) === (file === undefined)) {
    return ['SETUP_ADMIN_EMAIL needs either SETUP_ADMIN_PASSWORD or SETUP_ADMIN_PASSWORD_FILE'];
  }
  if (file === undefined) return [];
  const content = contentOf(file);
  if (content === undefined) return ['SETUP_ADMIN_PASSWORD_FILE must be a file that can be read'];
  return password.safeParse(content).success
    ? []
    : ['SETUP_ADMIN_PASSWORD_FILE must hold a password of 12 to 128 characters'];
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
