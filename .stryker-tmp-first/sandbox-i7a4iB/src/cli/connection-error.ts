// @ts-nocheck
import { CliError, EXIT, Unanswered, usageError } from './exit.ts';

/** The codes of OpenSSL and Node for a certificate that is not trusted, and what to say of each. */
const CERTIFICATE_PROBLEMS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'it was issued by an authority that this machine does not trust',
  UNABLE_TO_GET_ISSUER_CERT: 'it was issued by an authority that this machine does not trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'it was issued by an authority that this machine does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it was issued by an authority that this machine does not trust',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it was revoked',
  CERT_UNTRUSTED: 'this machine does not trust it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it was issued for another host',
};

const UNTRUSTED_ISSUER = /^(DEPTH_ZERO_SELF|SELF_SIGNED|UNABLE_TO)/;

/** The server speaks no TLS on this port, or this machine and the server agree on no version of it. */
const TLS_PROBLEM = /^(EPROTO|ERR_SSL_.*)$/;

/** What kept a request from being answered, as a sentence that says what failed and what to do. */
export function connectionError(origin: string, error: unknown): CliError {
  const code = causeOf(error);
  const { hostname, port } = new URL(origin);
  if (code === 'bad port') {
    return usageError(`Port ${port} is reserved for another protocol, so no web request can be sent to it.`);
  }
  if (code === 'ENOTFOUND') {
    return new CliError(EXIT.unavailable, `There is no host "${hostname}". Is the address right?`, 'UNKNOWN_HOST');
  }
  if (code === 'EAI_AGAIN') {
    return new Unanswered(`The name "${hostname}" cannot be looked up right now. Is the network up?`, 'UNKNOWN_HOST');
  }
  if (code === 'ECONNREFUSED') {
    return new Unanswered(
      `${origin} refused the connection: no server listens there. Is it running?`,
      'CONNECTION_REFUSED',
    );
  }
  const problem = CERTIFICATE_PROBLEMS[code];
  if (problem !== undefined) {
    const advice = UNTRUSTED_ISSUER.test(code)
      ? ' If the authority is yours, set NODE_EXTRA_CA_CERTS to the file with its certificate.'
      : '';
    return new CliError(
      EXIT.unavailable,
      `The certificate of ${origin} is not trusted: ${problem} (${code}). Nothing was sent.${advice}`,
      'CERTIFICATE',
    );
  }
  if (TLS_PROBLEM.test(code)) {
    return new CliError(
      EXIT.unavailable,
      `${origin} does not answer with TLS (${code}). Is this the https port?`,
      'CERTIFICATE',
    );
  }
  if (code === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return new Unanswered(`${origin} did not answer in time.`, 'TIMEOUT');
  }
  return new Unanswered(
    `The connection to ${origin} was lost before the server answered (${code}).`,
    'CONNECTION_LOST',
  );
}

/** The code at the root of a failed `fetch`; with several addresses, that of the first one tried. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const [first] = error instanceof AggregateError ? error.errors : [];
  const cause = error.cause ?? first;
  if (cause instanceof Error) return causeOf(cause);
  if ('code' in error && typeof error.code === 'string') return error.code;
  // What Node says of a port that the Fetch Standard forbids has no code.
  return error.message === 'bad port' ? error.message : error.name;
}
