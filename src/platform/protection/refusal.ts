/**
 * A clause names a field whose value must not be learned. The platform's routes answer an error with
 * this code and status as it is: 400, with the name of the field. It never holds a value.
 */
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

/** A query has a part that may name a field, and that nobody here knows how to read. */
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

/** An object stands for a table that is not its own, or copies a secret into a column of its own. */
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
