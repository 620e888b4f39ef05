import { ServiceEditor } from './service/ServiceEditor.tsx'

export function NewServicePage() {
  return <ServiceEditor service={null} />
}
