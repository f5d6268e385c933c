// @ts-nocheck
import type { Plugin, PluginContext } from '@objectstack/core';
import type { Person, TestEngine } from './kernel.ts';

/** The manifest service, as an application plugin uses it. */
interface Manifests {
  register(manifest: object): void;
}

/** The engine, as an application plugin gives it the code of its actions. */
export interface Actions {
  registerAction(object: string, name: string, run: () => Promise<unknown>): void;
}

/** A business action of the application, which answers `{ stamped: true }`. */
export const STAMP = 'stamp';

/** The object of the application, and the permission set that lets a person work with their own records. */
export const NOTE = 'notes_note';
export const NOTE_AUTHOR = 'notes_author';

/** A small application of its own: what people mint keys for. The platform's own objects are not shown to agents. */
export class NotesApp implements Plugin {
  readonly name = 'com.example.notes';
  readonly version = '1.0.0';
  readonly type = 'standard';

  /** Before the kernel makes the tables. */
  init(context: PluginContext): void {
    context.getService<Manifests>('manifest').register({
      id: this.name,
      namespace: 'notes',
      version: this.version,
      type: 'app',
      name: 'Notes',
      objects: [
        {
          name: NOTE,
          label: 'Note',
          pluralLabel: 'Notes',
          sharingModel: 'public_read_write',
          fields: { title: { type: 'text', label: 'Title', required: true } },
          actions: [{ name: STAMP, label: 'Stamp', type: 'script', target: STAMP }],
        },
      ],
      permissions: [
        {
          name: NOTE_AUTHOR,
          label: 'Author of notes',
          objects: { [NOTE]: { allowRead: true, allowCreate: true, allowEdit: true } },
          rowLevelSecurity: [
            { name: 'own_notes', object: NOTE, operation: 'all', using: 'created_by == current_user.id' },
          ],
        },
      ],
    });
    context.getService<Actions>('objectql').registerAction(NOTE, STAMP, async () => ({ stamped: true }));
  }
}

/** Lets a person work with notes of their own. */
export async function grantNotes(engine: TestEngine, person: Person): Promise<void> {
  const context = { isSystem: true };
  const [set] = await engine.find('sys_permission_set', { where: { name: NOTE_AUTHOR }, context });
  const grant = { user_id: person.id, permission_set_id: set?.['id'] };
  await engine.insert('sys_user_permission_set', grant, { context });
}
