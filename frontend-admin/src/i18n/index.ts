import { defineCatalogs } from 'frontend-shared/i18n'
import { en } from './en.ts'

/** This portal's texts: `const t = useT(); t('tickets.title')`. */
export const useT = defineCatalogs(en)
export type Key = keyof typeof en
export type T = ReturnType<typeof useT>
