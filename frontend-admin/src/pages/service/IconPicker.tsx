import { SERVICE_ICONS, type ServiceIconName } from 'frontend-shared/api'
import { ServiceIcon } from 'frontend-shared/ui'
import { useT } from '../../i18n/services.ts'
import classes from './IconPicker.module.css'

interface IconPickerProps {
  value: ServiceIconName
  onChange: (icon: ServiceIconName) => void
}

/** The picture on a service's card, chosen from a fixed set. */
export function IconPicker({ value, onChange }: IconPickerProps) {
  const t = useT()
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('service.icon')}</legend>
      <div className={classes.icons}>
        {SERVICE_ICONS.map((name) => (
          <label
            key={name}
            className={classes.choice}
            data-current={name === value}
            title={t(`icon.${name}`)}
          >
            <input
              type="radio"
              name="service-icon"
              aria-label={t(`icon.${name}`)}
              checked={name === value}
              onChange={() => onChange(name)}
            />
            <ServiceIcon name={name} size={38} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
