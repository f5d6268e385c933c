// @ts-nocheck
import { Field, ObjectSchema } from '@objectstack/spec/data';
import { DAY } from '../../base/time.ts';

export const API_KEY_USAGE_OBJECT = 'sys_api_key_usage';

/**
 * What a key did to an object. `EXECUTE` is a business action, `OTHER` an operation on a route that no scope
 * allows, and `INCOMPLETE` means that there were too many uses to record.
 */
export type KeyOperation = 'READ' | 'CREATE' | 'EDIT' | 'DELETE' | 'EXECUTE' | 'OTHER' | 'INCOMPLETE';

/** How long uses are kept, in days. */
export const USAGE_DAYS = 30;

/** The day of a moment in UTC, as `YYYY-MM-DD`. */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The first day of the period that ends at `now`. */
export function firstDayAt(now: number): string {
  return dayOf(now - (USAGE_DAYS - 1) * DAY);
}

/**
 * Counts the uses of keys by key, object, operation and day. It contains no ids and no values of records.
 */
export const apiKeyUsageObject = ObjectSchema.create({
  name: API_KEY_USAGE_OBJECT,
  label: 'API key usage',
  pluralLabel: 'API key usage',
  isSystem: true,
  managedBy: 'engine-owned',
  access: { default: 'private' },
  description: 'How often API keys worked with which objects on which day. Only the API keys plugin writes it.',
  fields: {
    id: Field.text({ label: 'Key, day, operation and object', required: true, readonly: true }),
    key_id: Field.text({ label: 'Id of the key', required: true, readonly: true, maxLength: 64 }),
    object: Field.text({ label: 'Object', readonly: true, maxLength: 128 }),
    operation: Field.text({ label: 'Operation', required: true, readonly: true, maxLength: 16 }),
    day: Field.text({ label: 'Day (UTC)', required: true, readonly: true, maxLength: 10 }),
    uses: Field.number({ label: 'Uses', required: true, readonly: true }),
  },
  indexes: [{ fields: ['key_id'] }, { fields: ['day'] }],
  enable: { apiEnabled: false, trackHistory: false, searchable: false },
});
