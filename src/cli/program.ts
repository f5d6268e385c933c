import { Command, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '../base/version.ts';
import { STATUSES } from './statuses.ts';

const COMMAND_HELP = `
Signing in:
  OBJECTSTACK_TOKEN holds a session token, or "login --save" has kept a session, or the command
  asks for an e-mail address and a password. Without a terminal, give --email and the password on
  the first line of standard input. A session that the command opened is ended when it ends.`;

const PROGRAM_HELP = `
Examples:
  $ objectstack-api-keys                                 start a server of your own
  $ objectstack-api-keys login --save --url https://crm.example.com
  $ objectstack-api-keys mint --name "CI" --expires P90D
  $ objectstack-api-keys mint --name "CI" --url https://crm.example.com | gh secret set CRM_KEY
  $ objectstack-api-keys list --status active
  $ objectstack-api-keys rotate 4Zq0 --overlap PT1H

Exit codes:
  0  done
  1  the server refused
  2  a mistake in the command line
  3  not signed in
  4  the server does not answer, or cannot right now
  5  standard output was closed before the result was written
  130  cancelled at a prompt

The result is all that is written to standard output; everything else goes to standard error.`;

const ID = 'the id of the key, as list shows it, or its first four or more characters';

// Loaded when they run: `--help`, `serve` and each completion at the Tab key need none of them.
const account = () => import('./account.ts');
const keys = () => import('./commands.ts');
const listing = () => import('./list.ts');

/** The command line: what there is to say, and what each of it does. */
export function createProgram(serve: () => Promise<void>): Command {
  const program = new Command('objectstack-api-keys')
    .description('API keys for ObjectStack: a server that mints them, and the commands to mint, list and end them.')
    .version(VERSION)
    .helpCommand(false)
    .addHelpText('after', PROGRAM_HELP);

  program
    .command('serve')
    .description('start the server (this is what happens without a command); see docs/configuration.md')
    .action(serve);

  const commands = [...accountCommands(program), ...keyCommands(program)];
  for (const command of commands) asksServer(command);
  return program;
}

function accountCommands(program: Command): Command[] {
  return [
    program
      .command('login')
      .description('sign in through the browser, and print the token of the session or keep it')
      .option('--save', 'keep the session in a file that only you can read, for the commands that follow')
      .option('--with-password', 'sign in with an e-mail address and a password instead')
      .action(async (options) => (await account()).login(options)),
    program
      .command('logout')
      .description('end the session, and forget it if it was kept')
      .action(async (options) => (await account()).logout(options)),
    program
      .command('whoami')
      .description('say who you are signed in as; with OBJECTSTACK_API_KEY, whose key that is')
      .action(async (options) => (await account()).whoami(options)),
    program
      .command('scopes')
      .description('list what you may put on a key')
      .action(async (options) => (await account()).scopes(options)),
  ];
}

function keyCommands(program: Command): Command[] {
  return [
    program
      .command('mint')
      .description('create a key and print it, once')
      .requiredOption('--name <name>', 'what the key is for')
      .addOption(
        new Option('--scope <scope>', 'a scope to put on the key, as scopes lists them; may be repeated')
          .argParser(append)
          .default([], 'none'),
      )
      .option('--expires <when>', 'an RFC 3339 date-time, or an ISO 8601 duration from now, such as P90D')
      .action(async (options) => (await keys()).mint(options)),
    program
      .command('list')
      .description('list your keys, newest first')
      .addOption(new Option('--status <status>', 'only these').choices(Object.keys(STATUSES)))
      .option('--search <text>', 'only keys with this in their name, or at the beginning of their prefix')
      .option('--expires-within <duration>', 'only keys that expire within this time, such as P14D')
      .option('--unused-for <duration>', 'only keys that were not used for so long, such as P90D')
      .option('--limit <count>', 'at most this many (default: all)', count)
      .action(async (options) => (await listing()).list(options)),
    program
      .command('revoke')
      .description('end a key: the next request with it fails')
      .argument('<id>', ID)
      .action(async (id, options) => (await keys()).revoke(id, options)),
    program
      .command('restore')
      .description('let a revoked key authenticate again')
      .argument('<id>', ID)
      .action(async (id, options) => (await keys()).restore(id, options)),
    program
      .command('rotate')
      .description('replace a key by a new one with the same name and scopes')
      .argument('<id>', ID)
      .option(
        '--overlap <duration>',
        'how long the old key keeps working, an ISO 8601 duration up to P7D (default: not at all)',
      )
      .action(async (id, options) => (await keys()).rotate(id, options)),
  ];
}

/** Adds what every command has that asks a running server. */
function asksServer(command: Command): void {
  command
    .addOption(
      new Option('--url <url>', 'address of the server').env('OBJECTSTACK_URL').default('http://localhost:3000'),
    )
    .addOption(new Option('--email <address>', 'sign in as').env('OBJECTSTACK_EMAIL'))
    .option('--insecure', 'allow plain http to another machine')
    .option('--json', 'print JSON, errors as well')
    .addHelpText('after', COMMAND_HELP);
}

function append(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function count(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
  return Number(value);
}
