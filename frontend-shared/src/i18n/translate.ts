/** A text with `{names}`, or one a plural category chosen by the parameter `count`. */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)
export type Catalog = Readonly<Record<string, Message>>

type NamesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never
type TextOf<M extends Message> = M extends string
  ? M
  : M extends { other: infer O extends string }
    ? O
    : never

/** The parameters a message needs, read off its English text. */
export type ParamsOf<M extends Message> = NamesIn<TextOf<M>> | (M extends string ? never : 'count')

type Args<M extends Message> = [ParamsOf<M>] extends [never]
  ? []
  : [params: Record<ParamsOf<M>, string | number>]

/** Typed lookup: an unknown key or a missing parameter does not compile. */
export type Translate<C extends Catalog> = <K extends keyof C & string>(key: K, ...args: Args<C[K]>) => string

/** Another language's catalog: the same keys, its own words and plural categories. */
export type Translation<C extends Catalog> = { readonly [K in keyof C]: Message }

/** Makes the lookup for one language. Numbers in parameters are written in that language. */
export function makeTranslate<C extends Catalog>(catalog: Translation<C>, locale: string): Translate<C> {
  const numbers = new Intl.NumberFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  return (key, ...args) => {
    const params = (args[0] ?? {}) as Record<string, string | number>
    const message = catalog[key] as Message
    const text =
      typeof message === 'string'
        ? message
        : (message[plurals.select(Number(params['count']))] ?? message.other)
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name]
      return typeof value === 'number' ? numbers.format(value) : (value ?? '')
    })
  }
}
