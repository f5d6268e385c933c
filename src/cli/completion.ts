import type { Command } from 'commander';

/**
 * Adds `completion <shell>`, which prints a script for bash, zsh, fish or PowerShell, and the hidden
 * `complete` that such a script asks. Both are loaded only when they are needed or listed.
 */
export async function addCompletion(program: Command, given: readonly string[]): Promise<void> {
  if (given[0] !== 'complete' && given[0] !== 'completion') {
    program.command('completion').argument('<shell>').description(DESCRIPTION);
    return;
  }
  const { default: tab } = await import('@bomb.sh/tab/commander');
  tab(program, { completionCommandName: 'completion' });
  const completion = program.commands.find((command) => command.name() === 'completion');
  completion?.description(DESCRIPTION);
}

const DESCRIPTION = 'print a completion script for bash, zsh, fish or PowerShell';
