import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { KeyRound } from 'lucide-react'
import { passwordRequestsQuery } from '../../api/passwordRequests.ts'
import { useT } from '../../i18n/people.ts'
import { paths } from '../../paths.ts'

/** The way to those who forgot their password, with how many wait. */
export function RequestsLink() {
  const t = useT()
  const query = useInfiniteQuery(passwordRequestsQuery())
  const count = rowsOf(query.data).length
  return (
    <Button
      variant="subtle"
      component={AppLink}
      to={paths.passwordRequests()}
      leftSection={<KeyRound size={16} aria-hidden />}
      rightSection={count > 0 && <Badge variant="filled">{query.hasNextPage ? `${count}+` : count}</Badge>}
    >
      {t('requests.open')}
    </Button>
  )
}
