// @ts-nocheck
// 
import type { Plugin } from '@objectstack/core';
import { ObjectSchema } from '@objectstack/spec/data';

/** The permission set that lets a person export, which the platform's own sets let nobody. */
export const VAULT_EXPORTER = 'vault_exporter';

/** An application with a field of every kind that must not be learned, and a relation to it. */
export const vaultApp: Plugin = {
  name: 'com.example.vault',
  version: '1.0.0',
  type: 'standard',
  dependencies: ['com.objectstack.engine.objectql'],
  init(context) {
    context.getService<{ register(manifest: object): void }>('manifest').register({
      id: 'com.example.vault',
      name: 'Vault',
      version: '1.0.0',
      type: 'plugin',
      scope: 'system',
      namespace: 'vault',
      objects: [VAULT, TICKET],
      permissions: [
        {
          name: VAULT_EXPORTER,
          label: 'Exporter of entries',
          objects: { '*': { allowRead: true, allowExport: true } },
        },
      ],
    });
  },
};

const text = { type: 'text' as const, label: 'Text' };
const VAULT = ObjectSchema.create({
  name: 'vault_entry',
  label: 'Entry',
  pluralLabel: 'Entries',
  sharingModel: 'public_read_write',
  fields: {
    title: { ...text, required: true },
    pin: { ...text, internal: true },
    note: { ...text, hidden: true },
    phrase: { type: 'password', label: 'Phrase' },
    first_of_pin: { type: 'formula', label: 'First of pin', expression: 'record.pin', returnType: 'text' },
  },
});
const TICKET = ObjectSchema.create({
  name: 'vault_ticket',
  label: 'Ticket',
  pluralLabel: 'Tickets',
  sharingModel: 'public_read_write',
  fields: {
    subject: { ...text, required: true },
    entry: { type: 'lookup', label: 'Entry', reference: 'vault_entry' },
  },
});
