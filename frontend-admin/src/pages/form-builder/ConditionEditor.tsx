import { ActionIcon, Button, Select, Text } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import type { Condition, Form, FormField } from 'frontend-shared/api'
import { useT } from '../../i18n/services.ts'
import { ConditionValue } from './ConditionValue.tsx'
import { conditionsOf, earlierFields, MAX_CONDITIONS, opsOf, ruleOf, withRule } from './edit.ts'
import { problemOf } from './problems.ts'
import classes from './FormBuilder.module.css'

interface ConditionEditorProps {
  form: Form
  field: FormField
  errors: Record<string, string>
  onChange: (field: FormField) => void
}

/** When a field is shown, by the answers to fields before it. */
export function ConditionEditor({ form, field, errors, onChange }: ConditionEditorProps) {
  const t = useT()
  const earlier = earlierFields(form, field.id)
  const rule = field.visible_if
  const match = rule && 'any' in rule ? 'any' : 'all'
  const conditions = conditionsOf(rule)
  const set = (next: Condition[], how: 'all' | 'any' = match) => onChange(withRule(field, ruleOf(how, next)))
  const change = (at: number, condition: Condition) =>
    set(conditions.map((item, index) => (index === at ? condition : item)))
  const first = earlier[0]
  const unfitName = ({ field: id }: Condition) =>
    form.fields.find((item) => item.id === id)?.label || t('form.removed_field')

  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('form.condition')}</legend>
      {!first && conditions.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('form.condition_none')}
        </Text>
      ) : (
        <>
          {conditions.length > 1 && (
            <Select
              aria-label={t('form.match')}
              mb="xs"
              maw="16rem"
              allowDeselect={false}
              data={[
                { value: 'all', label: t('form.match_all') },
                { value: 'any', label: t('form.match_any') },
              ]}
              value={match}
              onChange={(value) => set(conditions, value === 'any' ? 'any' : 'all')}
            />
          )}
          {conditions.map((condition, index) => {
            const of = earlier.find((item) => item.id === condition.field)
            const path = `visible_if.${match}.${index}`
            const problem = problemOf(form, field.id, condition)
            const unfit = problem === 'removed' || problem === 'later' || problem === 'silent'
            return (
              // oxlint-disable-next-line react/no-array-index-key
              <div className={classes.row} key={index}>
                <Select
                  aria-label={t('form.condition_field')}
                  allowDeselect={false}
                  data={[
                    ...earlier.map((item) => ({ value: item.id, label: item.label || t('form.unnamed') })),
                    // What it names is shown, though it cannot be chosen again.
                    ...(unfit
                      ? [{ value: condition.field, label: unfitName(condition), disabled: true }]
                      : []),
                  ]}
                  value={condition.field}
                  onChange={(id) => {
                    const next = earlier.find((item) => item.id === id)
                    if (next) change(index, { field: next.id, op: opsOf(next.kind)[0] ?? 'answered' })
                  }}
                  error={unfit ? t(`problem.${problem}`) : errors[`${path}.field`]}
                />
                <Select
                  aria-label={t('form.condition_op')}
                  allowDeselect={false}
                  data={(of ? opsOf(of.kind) : []).map((op) => ({ value: op, label: t(`op.${op}`) }))}
                  value={condition.op}
                  onChange={(value) => {
                    const op = of && opsOf(of.kind).find((item) => item === value)
                    if (!op) return
                    change(index, op === 'answered' ? { field: condition.field, op } : { ...condition, op })
                  }}
                  error={errors[`${path}.op`]}
                />
                {of && condition.op !== 'answered' && (
                  <ConditionValue
                    of={of}
                    condition={condition}
                    error={problem === 'choice' ? t('problem.choice') : errors[`${path}.value`]}
                    onChange={(next) => change(index, next)}
                  />
                )}
                <ActionIcon
                  size="lg"
                  aria-label={t('form.condition_remove')}
                  onClick={() => set(conditions.filter((_, at) => at !== index))}
                >
                  <X size={15} aria-hidden />
                </ActionIcon>
              </div>
            )
          })}
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            disabled={!first || conditions.length >= MAX_CONDITIONS}
            onClick={() =>
              first && set([...conditions, { field: first.id, op: opsOf(first.kind)[0] ?? 'answered' }])
            }
          >
            {t('form.add_condition')}
          </Button>
        </>
      )}
    </fieldset>
  )
}
