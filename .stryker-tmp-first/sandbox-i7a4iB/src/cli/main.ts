// @ts-nocheck
import { type Command, CommanderError } from 'commander';
import { addCompletion } from './completion.ts';
import { CliError, EXIT, type ExitCode, usageError } from './exit.ts';
import { createProgram } from './program.ts';
import { failure, writeJson } from './terminal.ts';

/**
 * Runs one command line.
 *
 * @param given the arguments, without the program.
 * @param serve starts the server, which is what the program does without arguments.
 */
export async function main(given: readonly string[], serve: () => Promise<void>): Promise<ExitCode> {
  const program = createProgram(serve);
  await addCompletion(program, given);
  // A mistake is found before the command has read its options.
  const wantsJson = given.includes('--json');
  writeJson(wantsJson);
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    if (!wantsJson) command.showHelpAfterError(`Run ${nameOf(command)} --help for what there is.`);
    else command.configureOutput({ outputError: (text) => failure(usageError(text.trim())) });
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

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${command.parent.name()} ${command.name()}`;
}
