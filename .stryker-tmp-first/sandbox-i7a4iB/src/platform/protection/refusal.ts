/**
 * A clause names a protected field. The platform's routes return an error with this code and status
 * unchanged: 400, with the name of the field and never a value.
 */
// @ts-nocheck

export class ProtectedFieldError extends Error {
  override readonly name = 'ProtectedFieldError';
  readonly code = 'INVALID_FIELD';
  readonly status = 400;

  readonly object: string;
  readonly field: string;

  constructor(object: string, field: string) {
    super(
      `The field '${field}' of '${object}' is protected. A query cannot filter, search, sort, group, aggregate or compare by it.`,
    );
    this.object = object;
    this.field = field;
  }
}

/** A query has a part of unknown form that may name a field. */
export class UnreadableClauseError extends Error {
  override readonly name = 'UnreadableClauseError';
  readonly code = 'INVALID_FILTER';
  readonly status = 400;

  readonly object: string;

  constructor(object: string, clause: string) {
    super(`The query on '${object}' was rejected: its '${clause}' has an unknown form.`);
    this.object = object;
  }
}

/** An object is an alias of another table, or copies a secret into one of its columns. */
export class ProtectedTableError extends Error {
  override readonly name = 'ProtectedTableError';
  readonly code = 'INVALID_METADATA';
  readonly status = 422;
  readonly object: string;

  constructor(object: string) {
    super(`The object '${object}' was rejected: it is an alias of a protected table, or it copies a protected field.`);
    this.object = object;
  }
}
