// @ts-nocheck
import { usageError } from './exit.ts';
import { warning } from './terminal.ts';

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin of the server. A password or a session token goes there, and the key comes back:
 * plain http to another machine shows all three to everyone on the way.
 *
 * @throws CliError for what is no http(s) address, for one with a password in it (which the process
 *   list shows), and for plain http to another machine unless `insecure`.
 */
export function serverOrigin(url: string, insecure: boolean): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw usageError('--url must be an http or https address, such as https://crm.example.com');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw usageError('--url must not contain a user name or a password.');
  }
  if (parsed.protocol === 'http:' && !LOOPBACK.test(parsed.hostname)) {
    if (!insecure) {
      throw usageError(
        `${parsed.origin} is plain http: others on the network could read your password, your session and the key. ` +
          'Use https, or --insecure if you trust the network.',
      );
    }
    warning(`${parsed.origin} is plain http: others on the network can read what you send and receive.`);
  }
  return parsed.origin;
}
