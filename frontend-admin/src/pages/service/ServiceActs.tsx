import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { CircleSlash, Trash2 } from 'lucide-react'
import { hasCode, ifMatch, unwrap, useApiMutation, type AdminService } from 'frontend-shared/api'
import { useGo } from 'frontend-shared/routing'
import { ConfirmDialog } from 'frontend-shared/ui'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/services.ts'
import { MoreActs, type Act } from '../../parts/MoreActs.tsx'
import { paths } from '../../paths.ts'
import { api } from '../../portal.ts'

/** Retires or deletes a service, after asking. */
export function ServiceActs({ service }: { service: AdminService }) {
  const t = useT()
  const go = useGo()
  const client = useQueryClient()
  const [asking, setAsking] = useState<'retire' | 'delete' | null>(null)
  const [inUse, setInUse] = useState(false)
  const close = () => {
    setAsking(null)
    setInUse(false)
  }
  const path = { id: service.id }

  const retire = useApiMutation({
    run: () => unwrap(api.POST('/api/admin/services/{id}/retire', { params: { path } })),
    onDone: (saved) => {
      client.setQueryData(keys.service(saved.id), saved)
      void client.invalidateQueries({ queryKey: ['services', 'list'] })
      close()
    },
    notice: t('service.retired', { name: service.name }),
  })
  const remove = useApiMutation({
    run: () => unwrap(api.DELETE('/api/admin/services/{id}', { params: { path, header: ifMatch(service) } })),
    onDone: async () => {
      await go(paths.services(), { replace: true })
      client.removeQueries({ queryKey: keys.service(service.id) })
      void client.invalidateQueries({ queryKey: ['services', 'list'] })
    },
    notice: t('service.deleted', { name: service.name }),
    onFailed: (error) => {
      const used = hasCode(error, 'in_use')
      setInUse(used)
      return used
    },
  })

  const acts: Act[] = [
    ...(service.status === 'active'
      ? [{ label: t('service.retire'), icon: CircleSlash, run: () => setAsking('retire') }]
      : []),
    { label: t('service.delete'), icon: Trash2, run: () => setAsking('delete'), destructive: true },
  ]

  return (
    <>
      <MoreActs acts={acts} />
      <ConfirmDialog
        opened={asking === 'retire'}
        title={t('service.retire_title', { name: service.name })}
        confirmLabel={t('service.retire')}
        busy={retire.isPending}
        onConfirm={() => retire.mutate()}
        onClose={close}
      >
        {t('service.retire_detail')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'delete'}
        title={t('service.delete_title')}
        confirmLabel={t('service.delete')}
        typeName={service.name}
        destructive
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={close}
      >
        {t('service.delete_detail')}
        {inUse && (
          <Text c="red" size="sm" mt="sm" role="alert">
            {t('service.in_use')}
          </Text>
        )}
      </ConfirmDialog>
    </>
  )
}
