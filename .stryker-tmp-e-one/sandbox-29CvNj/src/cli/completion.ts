// @ts-nocheck
import type { Command } from 'commander';
import { result } from './terminal.ts';

const DESCRIPTION = 'print a completion script for bash, zsh or fish';

/**
 * For bash. The library's own script needs the package bash-completion, and evaluates the words that were
 * typed: a `$(…)` among them would run at the Tab key.
 */
const BASH = `# bash completion for objectstack-api-keys
_objectstack_api_keys() {
  local IFS=$'\\n' offered
  offered=$(objectstack-api-keys complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null) || return
  COMPREPLY=($(compgen -W "$(sed -e '/^:[0-9]*$/d' -e $'s/\\t.*//' <<<"$offered")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _objectstack_api_keys objectstack-api-keys`;

/**
 * Adds `completion <shell>`, which prints a script, and the hidden `complete` that such a script asks. The
 * library is loaded only for these two.
 */
export async function addCompletion(program: Command, given: readonly string[]): Promise<void> {
  const [command, shell] = given;
  if (command === 'complete' || (command === 'completion' && shell !== 'bash')) {
    const { default: tab } = await import('@bomb.sh/tab/commander');
    tab(program, { completionCommandName: 'completion' });
    program.commands.find((one) => one.name() === 'completion')?.description(DESCRIPTION);
    return;
  }
  program
    .command('completion')
    .argument('<shell>')
    .description(DESCRIPTION)
    .action(() => result(BASH));
}
