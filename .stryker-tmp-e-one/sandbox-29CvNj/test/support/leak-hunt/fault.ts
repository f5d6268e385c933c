/** What goes wrong inside the server. */
// @ts-nocheck

export type Fault =
  /** The n-th statement from now on fails. */
  | { readonly kind: 'statement'; readonly at: number }
  /** A transaction does not commit. */
  | { readonly kind: 'commit' }
  /** The disk is full. */
  | { readonly kind: 'full' }
  /** The file cannot be written. */
  | { readonly kind: 'readonly' }
  /** The connection to the database ends between the checks and the insert. */
  | { readonly kind: 'drop' }
  /** Every key is the same, so that its hash is there already. */
  | { readonly kind: 'same-key' }
  /** The resolver throws an error with the new key in its message. */
  | { readonly kind: 'crash' }
  /** The tenancy service fails, with a secret in its message. */
  | { readonly kind: 'tenancy' }
  /** Nothing fails, and the key leaks: a test of the hunt itself. */
  | { readonly kind: 'leak'; readonly plant: Plant };

/** A leak that is planted on purpose. */
export type Plant = 'stdout' | 'stderr-in-part' | 'hash-in-log' | 'base64' | 'header';
