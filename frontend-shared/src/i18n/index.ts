export { defineCatalogs, useSharedT, type SharedKey, type SharedTranslate } from './catalogs.ts'
export { makeFormats, useFormats, type Formats } from './formats.ts'
export { LocaleContext, localeOf, useLocale, useZone, type Locale } from './locale.ts'
export { makeTranslate, type Catalog, type Message, type Translate, type Translation } from './translate.ts'
