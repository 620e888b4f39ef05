import { Button, Text } from '@mantine/core'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'

/** The way to a person when the article was not enough. */
export function AskAbout({ slug }: { slug: string }) {
  const t = useT()
  return (
    <Panel>
      <Text size="sm" mb="sm">
        {t('article.open_ticket_text')}
      </Text>
      <Button variant="light" fullWidth component={AppLink} to={paths.newTicket({ article: slug })}>
        {t('article.open_ticket')}
      </Button>
    </Panel>
  )
}
