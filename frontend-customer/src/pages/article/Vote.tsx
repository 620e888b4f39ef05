import { Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useApiMutation, type CustomerArticleDetail } from 'frontend-shared/api'
import { Panel } from 'frontend-shared/ui'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { voteOn } from '../../api/articles.ts'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/index.ts'
import { ReasonChips } from '../../parts/ReasonChips.tsx'

const REASONS = ['outdated', 'unclear', 'incomplete', 'did_not_work', 'other_topic'] as const

interface VoteInput {
  helpful: boolean
  reasons?: string[]
}

/** Was this helpful? One click; after a "no" the reader can say why. */
export function Vote({ article }: { article: CustomerArticleDetail }) {
  const t = useT()
  const client = useQueryClient()
  const [reasons, setReasons] = useState<string[]>([])
  const [explained, setExplained] = useState(article.my_vote !== null)
  const vote = useApiMutation({
    run: (input: VoteInput) => voteOn(article.slug, input),
    onDone: ({ helpful }, input) => {
      client.setQueryData<CustomerArticleDetail>(keys.article(article.slug), (known) =>
        known ? { ...known, my_vote: helpful } : known,
      )
      setExplained(input.reasons !== undefined)
    },
  })
  const choose = (helpful: boolean) => {
    if (!vote.isPending) vote.mutate({ helpful })
  }
  const given = article.my_vote
  const answer =
    given === null
      ? ''
      : given
        ? t('article.voted_yes')
        : t(explained ? 'article.voted_reasons' : 'article.voted_no')

  return (
    <Panel title={t('article.helpful')}>
      <Stack gap="md">
        <Group gap="sm">
          <Button
            variant={given === true ? 'light' : 'default'}
            aria-pressed={given === true}
            leftSection={<ThumbsUp size={17} aria-hidden />}
            onClick={() => choose(true)}
          >
            {t('article.helpful_yes')}
          </Button>
          <Button
            variant={given === false ? 'light' : 'default'}
            aria-pressed={given === false}
            leftSection={<ThumbsDown size={17} aria-hidden />}
            onClick={() => choose(false)}
          >
            {t('article.helpful_no')}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {answer}
          </Text>
        </Group>
        {given === false && !explained && (
          <Group align="flex-end" justify="space-between" gap="sm">
            <ReasonChips
              legend={t('article.reasons')}
              choices={REASONS.map((code) => ({ value: code, label: t(`article.reason_${code}`) }))}
              chosen={reasons}
              onChange={setReasons}
            />
            <Button
              variant="default"
              loading={vote.isPending}
              disabled={reasons.length === 0}
              onClick={() => vote.mutate({ helpful: false, reasons })}
            >
              {t('article.send_reasons')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  )
}
