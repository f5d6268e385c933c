// @ts-nocheck
import type { ErrorCode, ServiceError } from '../../base/errors.ts';

/** A refusal of this service, as the platform's own routes take one: with its code, its status and its sentence. */
export class RefusedChange extends Error {
  // By this name the routes answer with the code and the status that an error has.
  override readonly name = 'RefusedChange';
  readonly code: ErrorCode;
  readonly status: number;
  readonly statusCode: number;

  constructor(refusal: ServiceError) {
    super(refusal.message);
    this.code = refusal.code;
    this.status = refusal.status;
    this.statusCode = refusal.status;
  }
}
