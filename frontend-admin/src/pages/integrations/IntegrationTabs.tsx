import { Tabs } from '@mantine/core'
import { useGo } from 'frontend-shared/routing'
import type { ReactNode } from 'react'
import { useT } from '../../i18n/integrations.ts'
import { paths } from '../../paths.ts'

interface IntegrationTabsProps {
  value: 'keys' | 'webhooks'
  children: ReactNode
}

/** The two ways other programs take part: they call, or they are called. Each has its own address. */
export function IntegrationTabs({ value, children }: IntegrationTabsProps) {
  const t = useT()
  const go = useGo()
  return (
    <Tabs
      value={value}
      keepMounted={false}
      onChange={(next) => void go(next === 'webhooks' ? paths.webhooks() : paths.apiKeys())}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="keys">{t('integrations.keys')}</Tabs.Tab>
        <Tabs.Tab value="webhooks">{t('integrations.webhooks')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value={value}>{children}</Tabs.Panel>
    </Tabs>
  )
}
