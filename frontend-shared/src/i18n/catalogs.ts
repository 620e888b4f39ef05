import { use, useMemo } from 'react'
import { en } from './en.ts'
import { LocaleContext } from './locale.ts'
import { makeTranslate, type Catalog, type Translate, type Translation } from './translate.ts'

type Languages<C extends Catalog> = Readonly<Record<string, Translation<C>>>

/**
 * Makes the `useT` of one set of catalogs. English is the source: its texts give the keys
 * and the parameters, and stand in for a language that has no catalog.
 */
export function defineCatalogs<const C extends Catalog>(english: C, others: Languages<C> = {}) {
  const known: Record<string, Translation<C>> = { en: english, ...others }
  return function useT(): Translate<C> {
    const { language } = use(LocaleContext)
    return useMemo(() => {
      const base = language.split('-')[0] ?? language
      return makeTranslate<C>(known[language] ?? known[base] ?? english, language)
    }, [language])
  }
}

/** Texts of the shared parts. */
export const useSharedT = defineCatalogs(en)
export type SharedKey = keyof typeof en
export type SharedTranslate = Translate<typeof en>
