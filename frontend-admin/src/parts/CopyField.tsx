import { Button, Group, TextInput } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { useT } from '../i18n/index.ts'

/** A text to hand out, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const t = useT()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      // Plain http has no clipboard: the text is selected, so the keyboard can copy it.
      field.current?.focus()
    }
  }
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        ref={field}
        label={label}
        value={value}
        readOnly
        flex={1}
        miw={0}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        variant="default"
        leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        onClick={() => void copy()}
      >
        <span aria-live="polite">{t(copied ? 'copy.done' : 'copy.copy')}</span>
      </Button>
    </Group>
  )
}
