import { CloseButton, TextInput, type TextInputProps } from '@mantine/core'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useSharedT } from '../i18n/catalogs.ts'

const PAUSE_MS = 250

interface SearchFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  /** The term in the address. */
  value: string | undefined
  /** Called when typing pauses; `undefined` for an empty field. */
  onSearch: (term: string | undefined) => void
}

/**
 * A search field bound to the address: `<SearchField value={search.q} onSearch={(q) =>
 * setSearch({ q })} />`. Needs a `label` or an `aria-label`.
 */
export function SearchField({ value = '', onSearch, ...rest }: SearchFieldProps) {
  const t = useSharedT()
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // The address changed by other means: back, a link, "clear filters".
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setTyped(value)
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const send = (term: string) => {
    clearTimeout(timer.current)
    sent.current = term.trim()
    onSearch(sent.current || undefined)
  }
  const type = (term: string) => {
    setTyped(term)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => send(term), PAUSE_MS)
  }
  const clear = () => {
    setTyped('')
    send('')
  }

  return (
    <TextInput
      type="search"
      placeholder={t('common.search')}
      leftSection={<Search size={17} aria-hidden />}
      rightSection={typed && <CloseButton size="sm" aria-label={t('common.clear_search')} onClick={clear} />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send(typed)
        if (event.key === 'Escape' && typed) clear()
      }}
      maxLength={200}
      {...rest}
    />
  )
}
