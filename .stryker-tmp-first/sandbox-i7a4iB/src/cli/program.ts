// @ts-nocheck
import { Command, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '../base/version.ts';
import { STATUSES } from './statuses.ts';

const COMMAND_HELP = `
Signing in:
  The command uses the session token in OBJECTSTACK_TOKEN, or the session that "login --save" saved.
  Otherwise it asks for an e-mail address and a password. In a script, give --email and write the
  password to standard input. The command signs out again when it is done.`;

const PROGRAM_HELP = `
Examples:
  $ objectstack-api-keys                                 start a server
  $ objectstack-api-keys login --save --url https://crm.example.com
  $ objectstack-api-keys mint --name "CI" --expires P90D
  $ objectstack-api-keys mint --name "CI" --url https://crm.example.com | gh secret set CRM_KEY
  $ objectstack-api-keys list --status active
  $ objectstack-api-keys rotate 4Zq0 --overlap PT1H
  $ objectstack-api-keys narrow 4Zq0 --scope data:read --from 192.0.2.0/24

Exit codes:
  0  done
  1  the server refused
  2  the command line is not valid
  3  not signed in
  4  the server does not answer or is not available
  5  standard output was closed before the result was written
  130  cancelled at a prompt

Only the result goes to standard output. Everything else goes to standard error.`;

const ID = 'the id of the key, or its first characters (at least four); "list" shows ids';

// Loaded when they run: `--help`, `serve` and each completion at the Tab key need none of them.
const account = () => import('./account.ts');
const keys = () => import('./commands.ts');
const listing = () => import('./list.ts');
const uses = () => import('./usage.ts');
const organizations = () => import('./organization.ts');

/** The command line: what there is to say, and what each of it does. */
export function createProgram(serve: () => Promise<void>): Command {
  const program = new Command('objectstack-api-keys')
    .description('API keys for ObjectStack: run a server, and create, list, narrow, rotate and revoke keys.')
    .version(VERSION)
    .helpCommand(false)
    .addHelpText('after', PROGRAM_HELP);

  program.command('serve').description('start the server (the default); see docs/configuration.md').action(serve);

  const commands = [...accountCommands(program), ...keyCommands(program), ...organizationCommands(program)];
  for (const command of commands) asksServer(command);
  return program;
}

function accountCommands(program: Command): Command[] {
  return [
    program
      .command('login')
      .description('sign in through the browser, and print or save the session token')
      .option('--save', 'save the session in a file that only you can read, for later commands')
      .option('--with-password', 'sign in with an e-mail address and a password instead')
      .action(async (options) => (await account()).login(options)),
    program
      .command('logout')
      .description('end the session, and delete it if it was saved')
      .action(async (options) => (await account()).logout(options)),
    program
      .command('whoami')
      .description('show who you are signed in as, or whose key OBJECTSTACK_API_KEY is')
      .action(async (options) => (await account()).whoami(options)),
    program
      .command('scopes')
      .description('list the scopes that you may put on a key')
      .action(async (options) => (await account()).scopes(options)),
  ];
}

function keyCommands(program: Command): Command[] {
  return [
    program
      .command('mint')
      .description('create a key and print it once')
      .requiredOption('--name <name>', 'what the key is for')
      .option('--description <text>', 'what it is for, in more words')
      .addOption(repeated('--scope <scope>', 'limit the key to this scope ("scopes" lists them)'))
      .addOption(repeated('--from <network>', 'allow the key from this address or network (CIDR)'))
      .option('--expires <when>', 'an RFC 3339 date-time, or an ISO 8601 duration from now, such as P90D')
      .action(async (options) => (await keys()).mint(options)),
    program
      .command('list')
      .alias('keys')
      .description('list your keys, or those of your organization, newest first')
      .option('--organization', 'the keys of everybody in the active organization; for its owners and administrators')
      .option('--owner <id>', 'only the keys of this person in the active organization')
      .addOption(new Option('--status <status>', 'only keys with this status').choices(Object.keys(STATUSES)))
      .option(
        '--search <text>',
        'only keys whose name or description contains this text, or whose prefix begins with it',
      )
      .option('--expires-within <duration>', 'only keys that expire within this time, such as P14D')
      .option('--unused-for <duration>', 'only keys that have not been used for this long, such as P90D')
      .option('--limit <count>', 'show at most this many keys (default: all)', count)
      .action(async (options) => (await listing()).list(options)),
    program
      .command('narrow')
      .description('rename or describe a key, or take scopes, networks or time away from it')
      .argument('<id>', ID)
      .option('--name <name>', 'a new name')
      .option('--description <text>', 'a new description; "" for none')
      .addOption(repeated('--scope <scope>', 'a scope that the key keeps'))
      .addOption(repeated('--from <network>', 'an address or a network (CIDR) that is left to the key'))
      .option('--expires <when>', 'an earlier expiry: an RFC 3339 date-time, or an ISO 8601 duration from now')
      .action(async (id, options) => (await keys()).narrow(id, options)),
    program
      .command('usage')
      .description('show what a key was used for in the last 30 days, and which scopes are enough for that')
      .argument('<id>', ID)
      .action(async (id, options) => (await uses()).usage(id, options)),
    program
      .command('revoke')
      .description('revoke a key: its next request fails')
      .argument('<id>', ID)
      .action(async (id, options) => (await keys()).revoke(id, options)),
    program
      .command('restore')
      .description('make a revoked key work again')
      .argument('<id>', ID)
      .action(async (id, options) => (await keys()).restore(id, options)),
    program
      .command('rotate')
      .description('replace a key with a new one that has the same name and scopes')
      .argument('<id>', ID)
      .option(
        '--overlap <duration>',
        'how long the old key keeps working: an ISO 8601 duration up to P7D (default: not at all)',
      )
      .action(async (id, options) => (await keys()).rotate(id, options)),
  ];
}

function organizationCommands(program: Command): Command[] {
  return [
    program
      .command('end-keys-of')
      .description('revoke all keys that a person has in the active organization; for its owners and administrators')
      .argument('<person>', 'the id of the person; "list --organization --json" shows it')
      .action(async (person, options) => (await organizations()).endKeysOf(person, options)),
    program
      .command('policy')
      .description('show the rules of the active organization for its keys, or change those that are given')
      .option('--max-lifetime <duration>', 'the longest life of a new key, such as P90D, or off')
      .option('--default-lifetime <duration>', 'the life of a new key without an expiry, or off')
      .option('--revoke-unused-after <duration>', 'revoke keys that were not used for this long, or off')
      .addOption(new Option('--require-scopes <answer>', 'whether new keys must have scopes').choices(['yes', 'no']))
      .addOption(
        new Option('--who-may-mint <who>', 'who creates and restores keys').choices(['members', 'administrators']),
      )
      .action(async (options) => (await organizations()).policy(options)),
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
    .option('--json', 'print JSON, including errors')
    .addHelpText('after', COMMAND_HELP);
}

function repeated(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`).argParser(append).default([], 'none');
}

function append(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function count(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
  return Number(value);
}
