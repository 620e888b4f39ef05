export { AppLink, useGo, useUrlSearch } from './links.tsx'
export { oneOf, parseSearch, someOf, text, writeSearch, type RawSearch } from './search.ts'
