/** The exit codes of the command, as `--help` lists them. */
// @ts-nocheck

// 

export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  notSignedIn: 3,
  unavailable: 4,
  notDelivered: 5,
  cancelled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error of the command, with a readable message that never contains a secret. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;
  /** What failed, for programs: `--json` prints it beside the message. A server's own code where it refused. */
  readonly code: string;

  constructor(exitCode: ExitCode, message: string, code: string) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
  }
}

/** A mistake in the command line. */
export function usageError(message: string): CliError {
  return new CliError(EXIT.usage, message, 'USAGE');
}

/** A failure that a retry may overcome: the outcome of the request is unknown. */
export class Unanswered extends CliError {
  constructor(message: string, code = 'SERVICE_UNAVAILABLE') {
    super(EXIT.unavailable, message, code);
  }
}
