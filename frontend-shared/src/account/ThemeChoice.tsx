import { Radio, Stack } from '@mantine/core'
import { useSharedT } from '../i18n/catalogs.ts'
import type { ColorScheme } from '../theme/ThemeProvider.tsx'
import { useTheme } from './useTheme.ts'

const THEMES: ColorScheme[] = ['light', 'dark', 'auto']

export function ThemeChoice() {
  const t = useSharedT()
  const [theme, choose] = useTheme()
  return (
    <Radio.Group
      aria-label={t('app.scheme')}
      description={t('profile.theme_help')}
      value={theme}
      onChange={(value) => {
        const chosen = THEMES.find((known) => known === value)
        if (chosen) choose(chosen)
      }}
    >
      <Stack gap="xs" mt="xs">
        {THEMES.map((value) => (
          <Radio key={value} value={value} label={t(`app.scheme_${value}`)} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
