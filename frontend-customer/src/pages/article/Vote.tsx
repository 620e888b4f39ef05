import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import {
  useApiMutation,
  VOTE_REASONS,
  type CustomerArticleDetail,
  type VoteReason,
} from 'frontend-shared/api'
import { Panel } from 'frontend-shared/ui'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { voteOn } from '../../api/articles.ts'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/index.ts'
import { ReasonChips } from '../../parts/ReasonChips.tsx'

interface VoteInput {
  helpful: boolean
  reasons?: VoteReason[]
}

/** Was this helpful? One click; after a "no" the reader can say why, and say it otherwise later. */
export function Vote({ article }: { article: CustomerArticleDetail }) {
  const t = useT()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<VoteReason[]>(article.my_reasons)
  const [asking, setAsking] = useState(false)
  const vote = useApiMutation({
    run: (input: VoteInput) => voteOn(article.slug, input),
    onDone: ({ helpful, reasons }, input) => {
      client.setQueryData<CustomerArticleDetail>(keys.article(article.slug), (known) =>
        known ? { ...known, my_vote: helpful, my_reasons: reasons } : known,
      )
      setAsking(!helpful && input.reasons === undefined)
    },
  })
  const choose = (helpful: boolean) => {
    // A second "no" must not take back the reasons of the first.
    if (vote.isPending || (!helpful && article.my_vote === false)) return
    setChosen([])
    vote.mutate({ helpful })
  }
  const given = article.my_vote
  const explained = article.my_reasons.length > 0
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
          {given === false && !asking && (
            <Anchor component="button" type="button" size="sm" py={5} onClick={() => setAsking(true)}>
              {t(explained ? 'article.change_reasons' : 'article.give_reasons')}
            </Anchor>
          )}
        </Group>
        {given === false && asking && (
          <Group align="flex-end" justify="space-between" gap="sm">
            <ReasonChips
              legend={t('article.reasons')}
              choices={VOTE_REASONS.map((code) => ({ value: code, label: t(`article.reason_${code}`) }))}
              chosen={chosen}
              onChange={(reasons) => setChosen(VOTE_REASONS.filter((code) => reasons.includes(code)))}
            />
            <Button
              variant="default"
              loading={vote.isPending}
              disabled={chosen.length === 0 && !explained}
              onClick={() => vote.mutate({ helpful: false, reasons: chosen })}
            >
              {t('article.send_reasons')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  )
}
