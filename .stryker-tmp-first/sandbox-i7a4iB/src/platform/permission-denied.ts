/** An error that every route of the platform answers with 403, like its own permission errors. */
// @ts-nocheck

export class PermissionDenied extends Error {
  // The routes recognize the error by these three properties; the platform exports no class for it.
  override readonly name = 'PermissionDeniedError';
  readonly code = 'PERMISSION_DENIED';
  readonly statusCode = 403;
}

/** Whether an error comes from the platform's permissions: the caller may not do this, and a retry does not help. */
export function isPermissionDenied(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null | undefined)?.code === 'PERMISSION_DENIED';
}
