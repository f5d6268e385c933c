#!/usr/bin/env node
// @ts-nocheck
import { EXIT } from './cli/exit.ts';
import { main } from './cli/main.ts';
import { failure } from './cli/terminal.ts';

/** The command of the package: `npx objectstack-api-keys` starts the server, its subcommands ask one. */

// The reader of a pipe may be gone (`mint | a-command-that-fails`): a key that nobody got must not look like a success.
process.stdout.on('error', () => {
  failure({
    code: 'NOT_DELIVERED',
    exitCode: EXIT.notDelivered,
    message: 'Standard output was closed before the whole result was written.',
  });
  process.exit(EXIT.notDelivered);
});
process.exitCode = await main(process.argv.slice(2), async () => {
  // Only here: the platform takes a second to load. It runs until it is told to stop, and ends the process.
  await import('./server.ts');
});
