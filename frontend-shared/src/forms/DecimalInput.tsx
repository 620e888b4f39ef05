import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useState } from 'react'

interface DecimalInputProps extends Omit<NumberInputProps, 'value' | 'defaultValue' | 'onChange'> {
  value: number | null
  onChange: (value: number | null) => void
}

const numberOf = (typed: number | string): number | null =>
  typed === '' || !Number.isFinite(Number(typed)) ? null : Number(typed)

/**
 * A number that may have decimals. On the way to 90.50 stands "90.", which is 90: what is typed is
 * kept as long as it means the value, or the sign, and what was before it, would be lost.
 */
export function DecimalInput({ value, onChange, ...rest }: DecimalInputProps) {
  const [typed, setTyped] = useState<number | string>(value ?? '')
  return (
    <NumberInput
      {...rest}
      value={numberOf(typed) === value ? typed : (value ?? '')}
      onChange={(next) => {
        setTyped(next)
        onChange(numberOf(next))
      }}
    />
  )
}
