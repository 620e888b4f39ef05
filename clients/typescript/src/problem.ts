/** One bad field of a request body. `pointer` is a JSON pointer into that body. */
export interface FieldProblem {
  pointer: string
  code: string
  detail: string
}

/** RFC 9457 problem details, as the API answers every error. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  request_id: string
  errors?: FieldProblem[]
  /** 412 only: the representation that won. */
  current?: unknown
}

/** Codes made by the client for what never reached, or never came from, the API. */
export type LocalCode = 'network' | 'not_problem'

/** An answer of the API that is not a success, or no answer at all (`code: "network"`). */
export class ProblemError extends Error {
  readonly problem: Problem
  /** Seconds to wait, from `Retry-After`; null when the answer has none. */
  readonly retryAfter: number | null

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail || problem.title)
    this.name = 'ProblemError'
    this.problem = problem
    this.retryAfter = retryAfter
  }

  get code(): string {
    return this.problem.code
  }

  get status(): number {
    return this.problem.status
  }

  /** True when trying again later can help: no answer, overload, a server's fault. */
  get isTemporary(): boolean {
    return this.code === 'network' || this.status === 429 || this.status >= 500
  }
}

/** True for a `ProblemError` with this code. */
export function hasCode(error: unknown, code: string): error is ProblemError {
  return error instanceof ProblemError && error.code === code
}

/** The error for a request that got no answer. */
export function networkError(cause: unknown): ProblemError {
  const error = new ProblemError({
    type: 'about:blank',
    title: 'No answer',
    status: 0,
    detail: 'The service could not be reached.',
    code: 'network' satisfies LocalCode,
    request_id: '',
  })
  error.cause = cause
  return error
}

/**
 * The error for a failed response whose body was read already. A body that is no problem
 * (a proxy's page, an empty 502) becomes one with the code `not_problem`.
 */
export function problemFrom(response: Response, body: unknown): ProblemError {
  const wait = Number(response.headers.get('Retry-After'))
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null
  if (isProblem(body)) return new ProblemError(body, retryAfter)
  return new ProblemError(
    {
      type: 'about:blank',
      title: response.statusText || 'Unexpected answer',
      status: response.status,
      detail: `The service answered ${response.status} without an explanation.`,
      code: 'not_problem' satisfies LocalCode,
      request_id: response.headers.get('X-Request-Id') ?? '',
    },
    retryAfter,
  )
}

/** True for the body of an error answer. */
export function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    typeof (body as Problem).code === 'string' &&
    typeof (body as Problem).status === 'number'
  )
}
