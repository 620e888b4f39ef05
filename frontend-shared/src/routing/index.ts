export { AppLink, useGo, useUrlSearch } from './links.tsx'
export { oneOf, parseSearch, someOf, text, whole, writeSearch, type RawSearch } from './search.ts'
