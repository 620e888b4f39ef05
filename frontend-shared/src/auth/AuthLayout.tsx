import { Title, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Brand } from '../ui/Brand.tsx'
import { useDocumentTitle } from '../ui/Page.tsx'
import classes from './AuthLayout.module.css'

interface AuthLayoutProps {
  portalName: string
  title: string
  intro?: ReactNode
  /** What the portal is for: a sentence and a few points, on wide screens beside the form. */
  pitch: { title: string; points: string[] }
  children: ReactNode
}

/** The frame of the pages before the sign-in: the form, and what awaits behind it. */
export function AuthLayout({ portalName, title, intro, pitch, children }: AuthLayoutProps) {
  useDocumentTitle(title)
  return (
    <div className={classes.layout}>
      <main className={classes.main}>
        <div className={classes.card}>
          <Brand portalName={portalName} />
          <div>
            <Title order={1}>{title}</Title>
            {intro && (
              <Text c="dimmed" mt={6}>
                {intro}
              </Text>
            )}
          </div>
          {children}
        </div>
      </main>
      <aside className={classes.pitch}>
        <div className={classes.pitchBody}>
          <p className={classes.pitchTitle}>{pitch.title}</p>
          <ul className={classes.points}>
            {pitch.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      </aside>
    </div>
  )
}
