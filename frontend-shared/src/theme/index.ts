export { ThemeProvider, useColorScheme, type ColorScheme } from './ThemeProvider.tsx'
export { contrast, darkFillOf, fillOf, rampOf } from './colour.ts'
export { adminTheme, customerTheme } from './theme.ts'
