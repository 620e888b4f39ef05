import { defineConfig } from 'vite'
import { customerTheme } from '../frontend-shared/src/theme/theme.ts'
import { portalConfig } from '../frontend-shared/vite/portal.ts'

export default defineConfig(portalConfig({ base: '/customer/', port: 5301, theme: customerTheme }))
