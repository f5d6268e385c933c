/** A refusal that every route of the platform answers as 403, as it does those of its own permissions. */
export class PermissionDenied extends Error {
  // By these three the routes know it: the platform exports no class for it.
  override readonly name = 'PermissionDeniedError';
  readonly code = 'PERMISSION_DENIED';
  readonly statusCode = 403;
}

/** Whether the platform refused something by its permissions: whoever asked may not do it, and asking again does not help. */
export function isPermissionDenied(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null | undefined)?.code === 'PERMISSION_DENIED';
}
