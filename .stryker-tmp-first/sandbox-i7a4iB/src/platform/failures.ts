// @ts-nocheck
import { currentRequest, type RequestScope } from '../http/request-scope.ts';

/** Why a request failed: a dependency did not answer, or the database rejected a statement. */
export type Failure = 'unavailable' | 'statement';

const failures = new WeakMap<RequestScope, Failure>();

/** Records a failure for the current request, even if a caller catches the error. */
export function noteFailure(failure: Failure): void {
  const scope = currentRequest();
  if (scope !== undefined && failures.get(scope) !== 'unavailable') failures.set(scope, failure);
}

/** The recorded failure of the current request. */
export function currentFailure(): Failure | undefined {
  const scope = currentRequest();
  return scope && failures.get(scope);
}
