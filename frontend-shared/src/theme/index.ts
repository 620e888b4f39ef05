export { ThemeProvider, useColorScheme, type ColorScheme } from './ThemeProvider.tsx'
export { adminTheme, customerTheme } from './theme.ts'
