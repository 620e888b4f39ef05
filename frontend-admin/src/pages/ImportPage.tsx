import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { FileUp, RotateCcw } from 'lucide-react'
import { errorText, fieldErrors, useApiMutation } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { ConfirmDialog, Page, Panel, useNotices } from 'frontend-shared/ui'
import { useState } from 'react'
import { importUsers, type UserImport } from '../api/import.ts'
import { keys } from '../api/keys.ts'
import { useT } from '../i18n/people.ts'
import { AdminsOnly } from '../parts/AdminsOnly.tsx'
import { paths } from '../paths.ts'
import { FileChooser } from './import/FileChooser.tsx'
import { FileHelp } from './import/FileHelp.tsx'
import { ImportReport } from './import/ImportReport.tsx'

export function ImportPage() {
  const t = useT()
  return (
    <AdminsOnly title={t('import.title')} back={{ to: paths.users(), label: t('users.title') }}>
      <Import />
    </AdminsOnly>
  )
}

interface Choice {
  file: File
  createOrganizations: boolean
}

/** A file of people: chosen, looked at line by line, then taken. */
function Import() {
  const t = useT()
  const shared = useSharedT()
  const notices = useNotices()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [createOrganizations, setCreateOrganizations] = useState(false)
  const [report, setReport] = useState<UserImport | null>(null)
  const [refusals, setRefusals] = useState<string[]>([])
  const [asking, setAsking] = useState(false)

  const failed = (error: unknown) => {
    const fields = Object.entries(fieldErrors(error, shared))
    setRefusals(
      fields.length > 0
        ? fields.map(([column, detail]) => (column === '' ? detail : `${column}: ${detail}`))
        : [errorText(error, shared)],
    )
    setReport(null)
    return true
  }
  const check = useApiMutation({
    run: (wanted: Choice) => importUsers(wanted.file, true, wanted.createOrganizations),
    onDone: (done) => {
      setRefusals([])
      setReport(done)
    },
    onFailed: failed,
  })
  const take = useApiMutation({
    run: (wanted: Choice) => importUsers(wanted.file, false, wanted.createOrganizations),
    invalidates: () => [keys.users(), keys.organizations()],
    onDone: (done) => {
      setAsking(false)
      setReport(done)
      notices.success(t('import.done', { count: done.counts.create + done.counts.update }))
    },
    onFailed: (error) => {
      setAsking(false)
      return failed(error)
    },
  })

  const look = (file: File, create: boolean) => {
    const wanted = { file, createOrganizations: create }
    setChoice(wanted)
    setReport(null)
    check.mutate(wanted)
  }
  const startAgain = () => {
    setChoice(null)
    setReport(null)
    setRefusals([])
  }
  const willDo = report === null ? 0 : report.counts.create + report.counts.update

  const { create = 0, update = 0, error = 0 } = report?.counts ?? {}
  const confirmation = [
    create > 0 && t('import.confirm_create', { count: create }),
    update > 0 && t('import.confirm_update', { count: update }),
    error > 0 && t('import.confirm_error', { count: error }),
    create > 0 && t('import.confirm_links'),
  ].filter((sentence) => sentence !== false)

  return (
    <Page
      title={t('import.title')}
      intro={t('import.intro')}
      back={{ to: paths.users(), label: t('users.title') }}
    >
      <Stack gap="md">
        <Panel title={t('import.file')}>
          <Stack>
            <FileChooser
              file={choice?.file ?? null}
              busy={check.isPending || take.isPending}
              errors={refusals}
              onChoose={(file) => look(file, createOrganizations)}
            />
            <Checkbox
              label={t('import.create_organizations')}
              description={t('import.create_organizations_detail')}
              checked={createOrganizations}
              disabled={check.isPending || take.isPending}
              onChange={(event) => {
                setCreateOrganizations(event.currentTarget.checked)
                if (choice && report?.dry_run !== false) look(choice.file, event.currentTarget.checked)
              }}
            />
            <FileHelp />
          </Stack>
        </Panel>
        {check.isPending && (
          <Text role="status" c="dimmed">
            {t('import.looking')}
          </Text>
        )}
        {choice && report && (
          <ImportReport
            // What was done is another table than what would happen, with filters of its own.
            key={String(report.dry_run)}
            report={report}
            fileName={choice.file.name}
            actions={
              report.dry_run ? (
                <Group gap="sm">
                  <Button
                    leftSection={<FileUp size={16} aria-hidden />}
                    disabled={willDo === 0}
                    loading={take.isPending}
                    onClick={() => setAsking(true)}
                  >
                    {t('import.take', { count: willDo })}
                  </Button>
                  {willDo === 0 && (
                    <Text size="sm" c="dimmed">
                      {t('import.nothing')}
                    </Text>
                  )}
                </Group>
              ) : (
                <Button
                  variant="default"
                  leftSection={<RotateCcw size={16} aria-hidden />}
                  onClick={startAgain}
                >
                  {t('import.another')}
                </Button>
              )
            }
          />
        )}
      </Stack>
      {choice && report && (
        <ConfirmDialog
          opened={asking}
          title={t('import.confirm_title')}
          confirmLabel={t('import.take', { count: willDo })}
          typeName={choice.file.name}
          busy={take.isPending}
          onConfirm={() => take.mutate(choice)}
          onClose={() => setAsking(false)}
        >
          {confirmation.join(' ')}
        </ConfirmDialog>
      )}
    </Page>
  )
}
