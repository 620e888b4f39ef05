import { Button } from '@mantine/core'
import { Check, KeyRound } from 'lucide-react'
import { unwrap, useApiMutation, type PasswordLink } from 'frontend-shared/api'
import { useRef, useState } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/people.ts'
import { api } from '../../portal.ts'
import { LinkDialog } from '../users/LinkDialog.tsx'

/** Makes the link with which somebody who was just added sets their password. */
export function MakeLink({ user, email }: { user: string; email: string }) {
  const t = useT()
  const button = useRef<HTMLButtonElement>(null)
  const [link, setLink] = useState<PasswordLink | null>(null)
  const [made, setMade] = useState(false)
  const make = useApiMutation({
    run: () => unwrap(api.POST('/api/admin/users/{id}/password-link', { params: { path: { id: user } } })),
    invalidates: () => [keys.passwordLinks(user)],
    onDone: (done) => {
      setMade(true)
      setLink(done)
    },
  })
  return (
    <>
      <Button
        ref={button}
        variant="default"
        size="compact-sm"
        aria-label={t('import.link_for', { email })}
        leftSection={made ? <Check size={14} aria-hidden /> : <KeyRound size={14} aria-hidden />}
        loading={make.isPending}
        onClick={() => make.mutate()}
      >
        {t('import.link')}
      </Button>
      {link && <LinkDialog link={link} name={email} opener={button} onClose={() => setLink(null)} />}
    </>
  )
}
