import { createApi } from 'frontend-shared/api'
import { makeQueryClient } from 'frontend-shared/portal'
import { Session } from 'frontend-shared/session'
import type { paths } from './api/schema.d.ts'

/** The one session, API client and query cache of this page. */
export const session = new Session('admin')
export const api = createApi<paths>(session)
export const queryClient = makeQueryClient()
