import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useSharedT } from '../i18n/catalogs.ts'

interface ConfirmDialogProps {
  opened: boolean
  title: string
  children: ReactNode
  /** What the button does, as a verb: "Retire the service". */
  confirmLabel: string
  /** For what cannot be undone: the person types this name first. */
  typeName?: string
  destructive?: boolean
  busy?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before an act with consequences. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, onClose } = props
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <ConfirmBody {...props} />
    </Modal>
  )
}

function ConfirmBody(props: ConfirmDialogProps) {
  const { children, confirmLabel, typeName, destructive, busy, onConfirm, onClose } = props
  const t = useSharedT()
  const [typed, setTyped] = useState('')
  const ready = typeName === undefined || typed.trim() === typeName
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !busy) onConfirm()
      }}
    >
      <Stack>
        <Text component="div">{children}</Text>
        {typeName !== undefined && (
          <TextInput
            label={t('confirm.type_name', { name: typeName })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={busy ?? false}
            disabled={!ready}
            {...(destructive ? { color: 'red' } : {})}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
