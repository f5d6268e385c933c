#!/usr/bin/env node
import { CommanderError } from 'commander';
import { addCompletion } from './cli/completion.ts';
import { CliError, EXIT, type ExitCode, usageError } from './cli/exit.ts';
import { createProgram } from './cli/program.ts';
import { failure, writeJson } from './cli/terminal.ts';

/** The command of the package: `npx objectstack-api-keys` starts the server, its subcommands ask one. */
async function main(): Promise<ExitCode> {
  const given = process.argv.slice(2);
  const program = createProgram(async () => {
    // Only here: the platform takes a second to load. It runs until it is told to stop, and ends the process.
    await import('./server.ts');
  });
  await addCompletion(program, given);
  // A mistake is found before the command has read its options.
  const wantsJson = given.includes('--json');
  if (wantsJson) writeJson();
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    if (wantsJson) command.configureOutput({ outputError: (text) => failure(usageError(text.trim())) });
  }
  try {
    await program.parseAsync(given.length === 0 ? ['serve'] : given, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof CliError)) throw error;
    failure(error);
    return error.exitCode;
  }
}

// The reader of a pipe may be gone (`mint | a-command-that-fails`): a key that nobody got must not look like a success.
process.stdout.on('error', () => {
  failure({
    code: 'NOT_DELIVERED',
    exitCode: EXIT.notDelivered,
    message: 'Standard output was closed before the whole result was written.',
  });
  process.exit(EXIT.notDelivered);
});
process.exitCode = await main();
