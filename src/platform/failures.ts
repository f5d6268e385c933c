import { currentRequest, type RequestScope } from '../http/request-scope.ts';

/** What failed a request: something that it depends on gave no answer, or the database did not take a statement. */
export type Failure = 'unavailable' | 'statement';

const failures = new WeakMap<RequestScope, Failure>();

/** Remembers of the request that is under way that it was failed, whatever is made of that on the way up. */
export function noteFailure(failure: Failure): void {
  const scope = currentRequest();
  if (scope !== undefined && failures.get(scope) !== 'unavailable') failures.set(scope, failure);
}

/** How the request that is under way was failed. */
export function currentFailure(): Failure | undefined {
  const scope = currentRequest();
  return scope && failures.get(scope);
}
