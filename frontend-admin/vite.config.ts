import { defineConfig } from 'vite'
import { adminTheme } from '../frontend-shared/src/theme/theme.ts'
import { portalConfig } from '../frontend-shared/vite/portal.ts'

export default defineConfig(portalConfig({ base: '/admin/', port: 5302, theme: adminTheme }))
