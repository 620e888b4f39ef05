import { ActionIcon } from '@mantine/core'
import { ArrowDown, ArrowUp, ChevronRight, Copy, Trash2, TriangleAlert } from 'lucide-react'
import type { Form, FormField } from 'frontend-shared/api'
import { useFormats, useSharedT } from 'frontend-shared/i18n'
import { useT } from '../../i18n/services.ts'
import { Grip } from '../../parts/reorder/Grip.tsx'
import type { useReorder } from '../../parts/reorder/useReorder.ts'
import { FieldDetails } from './FieldDetails.tsx'
import { problemsOf } from './problems.ts'
import { nameOf, ruleInWords } from './words.ts'
import order from '../../parts/reorder/reorder.module.css'
import classes from './FormBuilder.module.css'

interface FieldCardProps {
  form: Form
  field: FormField
  index: number
  errors: Record<string, string>
  opened: boolean
  full: boolean
  onToggle: () => void
  onChange: (field: FormField) => void
  reorder: Omit<ReturnType<typeof useReorder>, 'setList'>
  onMove: (place: number) => void
  onDuplicate: () => void
  onRemove: () => void
}

/** One field: its head with the acts, and opened, all that is said about it. */
export function FieldCard(props: FieldCardProps) {
  const { form, field, index, errors, opened, full, reorder } = props
  const { onToggle, onChange, onMove, onDuplicate, onRemove } = props
  const t = useT()
  const shared = useSharedT()
  const formats = useFormats()
  const path = `form.fields.${index}.`
  const own = Object.fromEntries(
    Object.entries(errors)
      .filter(([name]) => name.startsWith(path))
      .map(([name, text]) => [name.slice(path.length), text]),
  )
  const speaker = { t, shared, formats }
  const name = nameOf(field, speaker)
  const rule = ruleInWords(form, field.visible_if, speaker)
  const problems = problemsOf(form, field)
  const acts = [
    { label: t('form.up', { name }), icon: ArrowUp, run: () => onMove(index - 1), off: index === 0 },
    {
      label: t('form.down', { name }),
      icon: ArrowDown,
      run: () => onMove(index + 1),
      off: index === form.fields.length - 1,
    },
    { label: t('form.duplicate', { name }), icon: Copy, run: onDuplicate, off: full },
    { label: t('form.remove', { name }), icon: Trash2, run: onRemove, off: false },
  ]
  return (
    <li
      className={`${classes.card} ${order.item}`}
      data-opened={opened}
      data-invalid={Object.keys(own).length > 0}
      {...reorder.item(field.id)}
    >
      <div className={classes.head}>
        <Grip label={t('form.grip', { name })} {...reorder.grip(field.id)} />
        <button
          type="button"
          className={classes.toggle}
          data-field-toggle
          aria-expanded={opened}
          onClick={onToggle}
        >
          <ChevronRight size={16} className={classes.chevron} aria-hidden />
          <span className={classes.label} data-empty={field.label.trim() === ''}>
            {name}
          </span>
          <span className={classes.kind}>
            {t(`kind.${field.kind}`)}
            {field.required && ` · ${shared('common.required')}`}
          </span>
        </button>
        <span className={classes.acts}>
          {acts.map(({ label, icon: Icon, run, off }) => (
            // Not `disabled`: the focus would be lost when a field reaches an end.
            <ActionIcon
              key={label}
              aria-label={label}
              title={label}
              data-disabled={off || undefined}
              aria-disabled={off}
              onClick={off ? undefined : run}
            >
              <Icon size={16} aria-hidden />
            </ActionIcon>
          ))}
        </span>
      </div>
      {rule && <p className={classes.rule}>{rule}</p>}
      {problems.map((problem) => (
        <p key={problem} className={classes.problem}>
          <TriangleAlert size={15} aria-hidden />
          {t(`problem.${problem}`)}
        </p>
      ))}
      {opened && (
        <div className={classes.body}>
          <FieldDetails form={form} field={field} errors={own} onChange={onChange} />
        </div>
      )}
    </li>
  )
}
