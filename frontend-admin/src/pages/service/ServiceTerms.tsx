import { Group, NumberInput, Radio, Select, Stack } from '@mantine/core'
import type { Person, PriceKind } from 'frontend-shared/api'
import { DecimalInput } from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { Panel } from 'frontend-shared/ui'
import { useT } from '../../i18n/services.ts'
import { StaffPicker } from '../../parts/pickers.tsx'
import { currencies, decimalsOf, fromMinor, toMinor } from './money.ts'
import type { ServiceValues } from './values.ts'

const KINDS: PriceKind[] = ['free', 'fixed', 'on_request']
const DEFAULT_CURRENCY = 'EUR'

interface ServiceTermsProps {
  values: ServiceValues
  errors: Record<string, string>
  owner: Person | null
  onChange: (changes: Partial<ServiceValues>) => void
}

/** What a service costs, how long it takes and who answers for it. */
export function ServiceTerms({ values, errors, owner, onChange }: ServiceTermsProps) {
  const t = useT()
  const shared = useSharedT()
  const currency = values.currency ?? DEFAULT_CURRENCY
  const kindLabel = (kind: PriceKind) => (kind === 'fixed' ? t('service.fixed') : shared(`price.${kind}`))

  const setKind = (value: string) => {
    const price_kind = KINDS.find((item) => item === value)
    if (!price_kind) return
    onChange(
      price_kind === 'fixed' ? { price_kind, currency } : { price_kind, price_minor: null, currency: null },
    )
  }
  const setCurrency = (next: string | null) => {
    if (next === null) return
    // The amount that was typed stays; its minor units follow the new currency.
    const amount = values.price_minor === null ? null : fromMinor(values.price_minor, currency)
    onChange({ currency: next, price_minor: amount === null ? null : toMinor(amount, next) })
  }

  return (
    <Panel title={t('service.terms')}>
      <Stack>
        <Radio.Group
          label={t('service.price')}
          value={values.price_kind}
          onChange={setKind}
          error={errors['price_kind']}
        >
          <Stack gap={6} mt={6}>
            {KINDS.map((kind) => (
              <Radio key={kind} value={kind} label={kindLabel(kind)} />
            ))}
          </Stack>
        </Radio.Group>
        {values.price_kind === 'fixed' && (
          <Group align="flex-start" gap="xs" wrap="nowrap">
            <DecimalInput
              label={t('service.amount')}
              withAsterisk
              min={0}
              decimalScale={decimalsOf(currency)}
              hideControls
              flex={1}
              value={values.price_minor === null ? null : fromMinor(values.price_minor, currency)}
              onChange={(amount) =>
                onChange({
                  currency,
                  price_minor: amount === null ? null : toMinor(amount, currency),
                })
              }
              error={errors['price_minor']}
            />
            <Select
              label={t('service.currency')}
              w="6.5rem"
              searchable
              allowDeselect={false}
              data={currencies()}
              value={currency}
              onChange={setCurrency}
              error={errors['currency']}
            />
          </Group>
        )}
        <NumberInput
          label={t('service.delivery')}
          description={t('service.delivery_help')}
          min={0}
          max={3650}
          allowDecimal={false}
          value={values.delivery_days ?? ''}
          onChange={(days) => onChange({ delivery_days: typeof days === 'number' ? days : null })}
          error={errors['delivery_days']}
        />
        <StaffPicker
          label={t('service.owner')}
          placeholder={t('pick.nobody')}
          known={owner}
          value={values.owner_id ?? undefined}
          onChange={(id) => onChange({ owner_id: id ?? null })}
          error={errors['owner_id']}
        />
      </Stack>
    </Panel>
  )
}
