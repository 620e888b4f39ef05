import type { Page } from '@playwright/test'
import { ADMIN, AGENT } from './kit/api.ts'
import { signIn, unique } from './kit/pages.ts'
import { expect, test } from './kit/test.ts'

interface Article {
  id: string
  title: string
  summary: string
  body: string
}

const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const save = (page: Page) => page.getByRole('button', { name: 'Save draft' })

test('two authors of one article: other fields merge, the same ones are chosen one by one', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 412/)
  const title = unique('Written by two')
  const body = { title, summary: 'In short.', body: 'The text.', category: 'Support' }
  const { id } = await api.call<Article>(AGENT, 'POST', '/api/admin/knowledge-base', body)
  const read = () => api.call<Article>(AGENT, 'GET', `/api/admin/knowledge-base/${id}`)
  const stands = (content: Partial<Article>) => expect.poll(read).toMatchObject(content)
  const address = `${place.admin}/knowledge-base/${id}`
  const [mine, theirs] = [await (await openBrowser()).newPage(), await (await openBrowser()).newPage()]
  await signIn(mine, place, 'admin', AGENT)
  await signIn(theirs, place, 'admin', ADMIN)
  for (const page of [mine, theirs]) {
    await page.goto(address)
    await expect(box(page, 'Title')).toHaveValue(title)
  }

  // Different fields: both are there, and nobody is asked.
  await box(mine, 'Text').fill('My text.')
  await box(theirs, 'Summary').fill('Their summary.')
  await save(theirs).click()
  await stands({ summary: 'Their summary.' })
  await save(mine).click()
  await stands({ summary: 'Their summary.', body: 'My text.' })

  // The same ones: both texts are shown, each is chosen by itself, nothing typed is lost.
  await expect(box(theirs, 'Text')).toHaveValue('My text.')
  await box(mine, 'Text').fill('My better text.')
  await box(mine, 'Summary').fill('My summary.')
  await box(theirs, 'Text').fill('Their better text.')
  await box(theirs, 'Summary').fill('Their better summary.')
  await save(theirs).click()
  await stands({ body: 'Their better text.' })
  await save(mine).click()
  const dialog = mine.getByRole('dialog')
  await expect(dialog.getByText('Their better text.')).toBeVisible()
  await expect(dialog.getByText('My better text.')).toBeVisible()
  await stands({ summary: 'Their better summary.', body: 'Their better text.' })
  // Closed without a choice: what was typed is still there.
  await mine.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(box(mine, 'Text')).toHaveValue('My better text.')
  await save(mine).click()
  await dialog.getByRole('radio', { name: 'Text: Yours' }).check()
  await dialog.getByRole('button', { name: 'Save what is chosen' }).click()
  await expect(dialog).toBeHidden()
  await stands({ summary: 'Their better summary.', body: 'My better text.' })
  await expect(box(mine, 'Summary')).toHaveValue('Their better summary.')
})
