import { useT } from '../i18n/services.ts'
import { AdminsOnly } from '../parts/AdminsOnly.tsx'
import { paths } from '../paths.ts'
import { ServiceEditor } from './service/ServiceEditor.tsx'

export function NewServicePage() {
  const t = useT()
  return (
    <AdminsOnly title={t('new_service.title')} back={{ to: paths.services(), label: t('services.title') }}>
      <ServiceEditor service={null} />
    </AdminsOnly>
  )
}
