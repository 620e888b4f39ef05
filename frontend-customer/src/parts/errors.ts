import { ProblemError } from 'frontend-shared/api'

/** True for failures that pass by themselves: what is shown already may stay in sight. */
export function isTemporary(error: unknown): boolean {
  return error instanceof ProblemError && error.isTemporary
}
