import { Button, Loader } from '@mantine/core'
import { Download } from 'lucide-react'
import { errorText, hasCode, requestIdOf } from 'frontend-shared/api'
import { useFormats, useSharedT } from 'frontend-shared/i18n'
import { useNotices } from 'frontend-shared/ui'
import { useEffect, useRef, useState } from 'react'
import { readFile, type Export } from '../api/exports.ts'
import { useT } from '../i18n/index.ts'
import { saveFile } from './saveFile.ts'
import classes from './ExportButton.module.css'

/** Saves all of a list, as it is filtered now, as a file. Whoever leaves the page stops it. */
export function ExportButton({ file }: { file: Export }) {
  const t = useT()
  const shared = useSharedT()
  const notices = useNotices()
  const [bytes, setBytes] = useState<number | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(
    () => () => {
      if (!running.current) return
      running.current.abort()
      notices.info(t('export.left'))
    },
    [notices, t],
  )

  const start = async () => {
    const controller = new AbortController()
    running.current = controller
    setBytes(0)
    try {
      const { name, parts } = await readFile(file(controller.signal), setBytes)
      saveFile(name, parts)
      notices.success(t('export.done', { name }))
    } catch (error) {
      if (controller.signal.aborted) return
      const why = hasCode(error, 'network') ? t('export.broken_off') : errorText(error, shared)
      notices.error(why, requestIdOf(error))
    } finally {
      if (running.current === controller) running.current = null
      setBytes(null)
    }
  }

  if (bytes === null) {
    return (
      <Button variant="default" leftSection={<Download size={16} aria-hidden />} onClick={() => void start()}>
        {t('export.start')}
      </Button>
    )
  }
  return (
    <div className={classes.running}>
      <span role="status">
        <Loader size={14} aria-hidden /> {t('export.running')}
      </span>
      <Progress bytes={bytes} />
      <Button
        variant="default"
        onClick={() => {
          running.current?.abort()
          notices.info(t('export.stopped'))
        }}
      >
        {t('export.stop')}
      </Button>
    </div>
  )
}

/** How much there is; outside of what is announced, or nothing else could be heard. */
function Progress({ bytes }: { bytes: number }) {
  const t = useT()
  const formats = useFormats()
  return (
    <span className={classes.size}>
      {t('export.size', { size: formats.number(Math.ceil(bytes / 1024)) })}
    </span>
  )
}
