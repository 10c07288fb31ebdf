/** What a caller can do wrong, and the HTTP status that says so. */
const statusOf = {
  'bad-request': 400,
  unauthenticated: 401,
  forbidden: 403,
  quarantined: 403,
  retired: 403,
  'not-found': 404,
  conflict: 409,
  'lease-lost': 409,
  stale: 409,
  gone: 410,
  'too-large': 413,
  invalid: 422,
  'module-refused': 422,
  'too-many': 429,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof statusOf;

/**
 * The caller's mistake: told to the caller as it stands. Every other throw is ours, is logged, and tells nobody
 * anything.
 */
export class AppError extends Error {
  override name = 'AppError';
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = statusOf[code];
  }
}
