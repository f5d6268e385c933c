/**
 * The id of a key. Conditions of the platform are templates: it replaces `{current_user_id}`, and fails on
 * `{anything}`. An id from a caller must contain neither.
 */
// @ts-nocheck

const KEY_ID = /^[A-Za-z0-9_.:-]{1,64}$/;

/** Whether a text can be the id of a key. Other texts are never looked up. */
export function isKeyId(text: string): boolean {
  return KEY_ID.test(text);
}
