import { Anchor, Button, Text } from '@mantine/core'
import { Check } from 'lucide-react'
import { config } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import { useEffect } from 'react'
import { useT } from '../../i18n/firstSteps.ts'
import { paths } from '../../paths.ts'
import classes from './FirstSteps.module.css'
import { useFirstSteps, type Step } from './useFirstSteps.ts'

const STEPS: { step: Step; to: string }[] = [
  { step: 'look', to: paths.settings() },
  { step: 'staff', to: paths.newUser() },
  { step: 'customers', to: paths.importUsers() },
  { step: 'services', to: paths.newService() },
  { step: 'articles', to: paths.newArticle() },
]

/** What the owner of a new desk does next. Each step ticks itself off, whoever took it. */
export function FirstSteps({ onDone }: { onDone: () => void }) {
  const t = useT()
  const steps = useFirstSteps()
  const setUp = steps?.setUp ?? false
  useEffect(() => {
    if (setUp) onDone()
  }, [setUp, onDone])
  if (!steps || setUp) return null
  const taken = STEPS.filter(({ step }) => steps.done[step]).length
  // As an address to hand out, not only to follow.
  const portal = new URL(config().customer_url ?? '/customer/', location.href).href
  return (
    <div className={classes.frame}>
      <Panel
        title={t('first.title')}
        actions={
          <Button variant="subtle" size="compact-sm" onClick={onDone}>
            {t('first.hide')}
          </Button>
        }
      >
        <Text size="sm" c="dimmed" mb="sm">
          {t('first.taken', { count: taken, total: STEPS.length })}
        </Text>
        <ol className={classes.steps}>
          {STEPS.map(({ step, to }, index) => (
            <li key={step} data-done={steps.done[step]}>
              <span className={classes.mark} aria-hidden>
                {steps.done[step] ? <Check size={15} /> : index + 1}
              </span>
              <span className={classes.text}>
                <Anchor component={AppLink} to={to} fw={600}>
                  {t(`first.${step}`)}
                </Anchor>
                {steps.done[step] && <span className={classes.done}>{t('first.done')}</span>}
                <span className={classes.detail}>{t(`first.${step}_detail`)}</span>
              </span>
            </li>
          ))}
        </ol>
        <Text size="sm" mt="md">
          {t('first.portal')} <Anchor href={portal}>{portal}</Anchor>
        </Text>
      </Panel>
    </div>
  )
}
