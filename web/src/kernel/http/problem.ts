/** What a person reads when no answer came at all. */
const unreachable = "The server can't be reached. Check your connection and try again.";

/**
 * An error answer of the API: RFC 9457 problem details with a stable code. `status` 0 means that no answer came at all. Its message is
 * a sentence for the person who reads it, in either case.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly traceId: string | undefined;
  /** Field path in the body's casing → sentences. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** The whole answer, with what a certain code adds (`current`, `conflicts`, `allowed`, …). */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Record<string, unknown>) {
    super(
      text(body.detail) ??
        text(body.title) ??
        text(body.error) ??
        (status === 0 ? unreachable : `The server answered ${status}.`),
    );
    this.name = 'Problem';
    this.status = status;
    this.code = text(body.code) ?? (status === 0 ? 'offline' : `http_${status}`);
    this.traceId = text(body.traceId);
    this.errors = (body.errors as Record<string, string[]> | undefined) ?? {};
    this.body = body;
  }

  /** The most telling sentence where no field can show its own: the first about a field, or the message. */
  get sentence(): string {
    return Object.values(this.errors)[0]?.[0] ?? this.message;
  }
}

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

/** Reads an error answer, also when a proxy in between answered with a page instead of JSON. */
export async function problemOf(response: Response): Promise<Problem> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  const known = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return new Problem(response.status, known);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
