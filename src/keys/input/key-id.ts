/**
 * The id of a key. Conditions of the platform are templates: in `{current_user_id}` it puts a value,
 * and at `{anything}` it fails. An id that a caller sends must be neither.
 */
const KEY_ID = /^[A-Za-z0-9_.:-]{1,64}$/;

/** Whether a text can be the id of a key. One that cannot is never looked up. */
export function isKeyId(text: string): boolean {
  return KEY_ID.test(text);
}
