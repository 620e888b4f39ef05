export * from './types.ts'
export { newCall, type CallPlace, type FormCall, type Once } from './callKeys.ts'
export { createApi } from './client.ts'
export { apiUrl, config, loadConfig, type PortalConfig } from './config.ts'
export { errorText, fieldErrors, pathOf, requestIdOf } from './errors.ts'
export { useApiMutation } from './mutation.ts'
export { doOnce } from './once.ts'
export { pagedQuery, rowsOf } from './pages.ts'
export {
  hasCode,
  ifMatch,
  networkError,
  ProblemError,
  unwrap,
  writeQuery,
  type FieldProblem,
  type Problem,
} from '@bsm-platform/client'
export type { IfMatch, Operation, Paging } from './operation.ts'
