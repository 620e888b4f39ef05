import { Button, FileButton, List, Text } from '@mantine/core'
import { CircleAlert, FileSpreadsheet } from 'lucide-react'
import { useFormats } from 'frontend-shared/i18n'
import { useState, type DragEvent } from 'react'
import { useT } from '../../i18n/people.ts'
import classes from './import.module.css'

interface FileChooserProps {
  file: File | null
  busy: boolean
  /** Why the file was refused whole. */
  errors: string[]
  onChoose: (file: File) => void
}

/** Takes a file by a button or dropped upon it. */
export function FileChooser({ file, busy, errors, onChoose }: FileChooserProps) {
  const t = useT()
  const formats = useFormats()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [dropped] = event.dataTransfer.files
    if (dropped && !busy) onChoose(dropped)
  }
  return (
    <div
      className={classes.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileSpreadsheet size={30} strokeWidth={1.5} className={classes.fileIcon} aria-hidden />
      <div className={classes.dropText}>
        {file ? (
          <>
            <Text fw={600} className={classes.fileName}>
              {file.name}
            </Text>
            <Text size="sm" c="dimmed">
              {t('import.size', { size: formats.number(Math.max(1, Math.round(file.size / 1024))) })}
            </Text>
          </>
        ) : (
          <>
            <Text fw={600}>{t('import.choose_detail')}</Text>
            <Text size="sm" c="dimmed">
              {t('import.limits')}
            </Text>
          </>
        )}
        {errors.length > 0 && (
          <div role="alert" className={classes.refusal}>
            <Text size="sm" fw={600} className={classes.refusalHead}>
              <CircleAlert size={16} aria-hidden /> {t('import.refused')}
            </Text>
            <List size="sm">
              {errors.map((error) => (
                <List.Item key={error}>{error}</List.Item>
              ))}
            </List>
          </div>
        )}
      </div>
      <FileButton
        accept=".csv,text/csv"
        inputProps={{ 'aria-label': t('import.choose') }}
        onChange={(chosen) => chosen && onChoose(chosen)}
      >
        {(props) => (
          <Button {...props} variant={file ? 'default' : 'filled'} loading={busy}>
            {t(file ? 'import.choose_other' : 'import.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  )
}
