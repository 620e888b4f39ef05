import { Button, Menu, VisuallyHidden } from '@mantine/core'
import { ListPlus, Plus } from 'lucide-react'
import type { FieldKind, Form } from 'frontend-shared/api'
import { EmptyState, Panel } from 'frontend-shared/ui'
import { useRef, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { duplicate, idsOf, KINDS, MAX_FIELDS, move, newField, newFieldId, remove, replace } from './edit.ts'
import { FieldCard } from './FieldCard.tsx'
import classes from './FormBuilder.module.css'

interface FormBuilderProps {
  form: Form
  /** By path: `form.fields.0.label`. */
  errors: Record<string, string>
  onChange: (form: Form) => void
}

/** What customers are asked when they order: an ordered list of fields. */
export function FormBuilder({ form, errors, onChange }: FormBuilderProps) {
  const t = useT()
  const [open, setOpen] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const full = form.fields.length >= MAX_FIELDS

  const add = (kind: FieldKind) => {
    const id = newFieldId(idsOf(form))
    onChange({ fields: [...form.fields, newField(kind, id, '')] })
    setOpen(id)
  }
  const shift = (id: string, by: 1 | -1) => {
    const next = move(form, id, by)
    onChange(next)
    const place = next.fields.findIndex((field) => field.id === id) + 1
    setSaid(t('form.moved', { place, count: next.fields.length }))
  }
  const take = (id: string) => {
    const at = form.fields.findIndex((field) => field.id === id)
    onChange(remove(form, id))
    setSaid(t('form.removed'))
    // The focus goes on to the field that took its place, or to the one before.
    requestAnimationFrame(() => {
      const cards = list.current?.querySelectorAll<HTMLElement>('[data-field-toggle]')
      cards?.[Math.min(at, cards.length - 1)]?.focus()
    })
  }

  return (
    <Panel
      title={t('service.form')}
      actions={
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs" leftSection={<Plus size={15} aria-hidden />} disabled={full}>
              {t('form.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {KINDS.map((kind) => (
              <Menu.Item key={kind} onClick={() => add(kind)}>
                {t(`kind.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {form.fields.length === 0 ? (
        <EmptyState icon={ListPlus} title={t('form.empty')}>
          {t('form.empty_detail')}
        </EmptyState>
      ) : (
        <ol className={classes.list} ref={list}>
          {form.fields.map((field, index) => (
            <FieldCard
              key={field.id}
              form={form}
              field={field}
              index={index}
              errors={errors}
              opened={open === field.id}
              onToggle={() => setOpen(open === field.id ? null : field.id)}
              onChange={(next) => onChange(replace(form, field.id, next))}
              onMove={(by) => shift(field.id, by)}
              onDuplicate={() => {
                const id = newFieldId(idsOf(form))
                onChange(duplicate(form, field.id, id))
                setOpen(id)
              }}
              onRemove={() => take(field.id)}
              full={full}
            />
          ))}
        </ol>
      )}
    </Panel>
  )
}
