import { Button, Group } from '@mantine/core'
import { FileUp, Plus } from 'lucide-react'
import { AppLink } from 'frontend-shared/routing'
import { useT } from '../i18n/people.ts'
import { paths } from '../paths.ts'

/** The two ways to people where there are none yet: one by one, or from a file. */
export function AddPeople() {
  const t = useT()
  return (
    <Group justify="center">
      <Button
        variant="default"
        component={AppLink}
        to={paths.importUsers()}
        leftSection={<FileUp size={16} aria-hidden />}
      >
        {t('import.title')}
      </Button>
      <Button component={AppLink} to={paths.newUser()} leftSection={<Plus size={16} aria-hidden />}>
        {t('users.new')}
      </Button>
    </Group>
  )
}
