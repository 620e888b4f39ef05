import 'virtual:bsm-theme.css'
import 'frontend-shared/styles.css'
import { startPortal } from 'frontend-shared/portal'
import { adminTheme } from 'frontend-shared/theme'
import { en } from './i18n/en.ts'
import { queryClient, session } from './portal.ts'
import { router } from './routes.tsx'

void startPortal({
  name: en['portal.name'],
  basePath: '/admin/',
  theme: adminTheme,
  session,
  queryClient,
  router,
})
