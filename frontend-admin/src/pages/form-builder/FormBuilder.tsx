import { Button, Menu, VisuallyHidden } from '@mantine/core'
import { ListPlus, Plus } from 'lucide-react'
import type { FieldKind, Form, FormField } from 'frontend-shared/api'
import { EmptyState, Panel } from 'frontend-shared/ui'
import { useEffect, useRef, useState } from 'react'
import { useT } from '../../i18n/services.ts'
import { useReorder } from '../../parts/reorder/useReorder.ts'
import {
  duplicate,
  idsOf,
  KINDS,
  MAX_FIELDS,
  newField,
  newFieldId,
  place,
  putBack,
  remove,
  replace,
} from './edit.ts'
import { FieldCard } from './FieldCard.tsx'
import { RemovedField } from './RemovedField.tsx'
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
  const [open, setOpen] = useState<string | null>(() => firstWrong(form, errors))
  const [said, setSaid] = useState('')
  const [removed, setRemoved] = useState<{ field: FormField; at: number } | null>(null)
  // The new field's question takes the focus; the menu would take it back a moment later.
  const [added, setAdded] = useState(false)
  const [seen, setSeen] = useState(errors)
  const full = form.fields.length >= MAX_FIELDS
  // New errors open the first field that has one.
  if (seen !== errors) {
    setSeen(errors)
    setOpen(firstWrong(form, errors) ?? open)
  }

  const add = (kind: FieldKind) => {
    const id = newFieldId(idsOf(form))
    onChange({ fields: [...form.fields, newField(kind, id, '')] })
    setOpen(id)
    setAdded(true)
  }
  const move = (id: string, to: number) => {
    const next = place(form, id, to)
    if (next === form) return
    onChange(next)
    setSaid(t('form.moved', { place: to + 1, count: next.fields.length }))
  }
  const { setList, ...reorder } = useReorder({
    ids: form.fields.map(({ id }) => id),
    onMove: move,
    // Closed cards are of one height, and more of them are in sight.
    onStart: () => setOpen(null),
  })
  const list = useFocusWrong(errors)

  return (
    <Panel
      title={t('service.form')}
      actions={
        <Menu position="bottom-end" returnFocus={!added} onOpen={() => setAdded(false)}>
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
      {form.fields.length === 0 && !removed ? (
        <EmptyState icon={ListPlus} title={t('form.empty')}>
          {t('form.empty_detail')}
        </EmptyState>
      ) : (
        <div ref={list}>
          <ol className={classes.list} ref={setList} aria-label={t('service.form')}>
            {form.fields.map((field, index) => (
              <FieldCard
                key={field.id}
                form={form}
                field={field}
                index={index}
                errors={errors}
                opened={open === field.id}
                reorder={reorder}
                onToggle={() => setOpen(open === field.id ? null : field.id)}
                onChange={(next) => onChange(replace(form, field.id, next))}
                onMove={(to) => move(field.id, to)}
                onDuplicate={() => {
                  const id = newFieldId(idsOf(form))
                  onChange(duplicate(form, field.id, id))
                  setOpen(id)
                }}
                onRemove={() => {
                  onChange(remove(form, field.id))
                  setRemoved({ field, at: index })
                }}
                full={full}
              />
            ))}
          </ol>
          {removed && (
            <RemovedField
              key={removed.field.id}
              field={removed.field}
              onUndo={() => {
                onChange(putBack(form, removed.field, removed.at))
                setRemoved(null)
                setSaid(t('form.put_back'))
                requestAnimationFrame(() => toggleOf(list.current, removed.at)?.focus())
              }}
              onDismiss={() => {
                setRemoved(null)
                toggleOf(list.current, removed.at)?.focus()
              }}
            />
          )}
        </div>
      )}
    </Panel>
  )
}

/** The head of the card at a place, or of the last one. */
function toggleOf(list: HTMLElement | null, at: number): HTMLElement | undefined {
  const heads = [...(list?.querySelectorAll<HTMLElement>('[data-field-toggle]') ?? [])]
  return heads[at] ?? heads.at(-1)
}

/** The first field that has an error. */
function firstWrong(form: Form, errors: Record<string, string>): string | null {
  const wrong = (_: FormField, index: number) =>
    Object.keys(errors).some((path) => path.startsWith(`form.fields.${index}.`))
  return form.fields.find(wrong)?.id ?? null
}

/** A ref for the list: what is wrong in it gets the focus when errors come. */
function useFocusWrong(errors: Record<string, string>) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (Object.keys(errors).length > 0) {
      list.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    }
  }, [errors])
  return list
}
