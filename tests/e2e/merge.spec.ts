import type { Page } from '@playwright/test'
import { ADMIN, AGENT, ANA, type Api } from './kit/api.ts'
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

/** A change by somebody else, of what stands now. */
async function change(api: Api, path: string, changes: object): Promise<void> {
  const { version } = await api.call<{ version: number }>(ADMIN, 'GET', path)
  await api.call(ADMIN, 'PATCH', path, changes, version)
}

test('a subject that two people changed is chosen, and closing the question loses nothing', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 412/)
  const { number } = await api.openTicket(ANA, unique('Before'))
  const [theirs, mine] = [unique('Their subject'), unique('My subject')]
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/tickets/${number}`)
  await page.getByRole('button', { name: 'Change the subject' }).click()
  await box(page, 'Subject').fill(mine)
  await change(api, `/api/admin/tickets/${number}`, { subject: theirs })
  // Theirs is on the page before mine is saved: it is not overwritten unseen.
  await expect(page.getByRole('heading', { level: 1, name: theirs })).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(theirs)).toBeVisible()
  await expect(dialog.getByText(mine)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(box(page, 'Subject')).toHaveValue(mine)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('button', { name: 'Use mine' }).click()
  await expect(page.getByRole('heading', { level: 1, name: mine })).toBeVisible()
  await expect(box(page, 'Subject')).toHaveCount(0)

  // What could not be saved stays as well.
  await page.getByRole('button', { name: 'Change the subject' }).click()
  await box(page, 'Subject').fill(`${mine}, again`)
  faults.allow(/net::ERR_FAILED/)
  await page.route(`**/api/admin/tickets/*`, (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
  )
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('could not be reached').first()).toBeVisible()
  await expect(box(page, 'Subject')).toHaveValue(`${mine}, again`)
})

test('an organization and a category that two people renamed are chosen, and what was typed stays', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 412/)
  const page = await openSeat()
  await signIn(page, place, 'admin', ADMIN)
  const dialog = page.getByRole('dialog')
  const decide = async (mine: string, theirs: string) => {
    await expect(dialog.getByText(theirs)).toBeVisible()
    await expect(dialog.getByText(mine)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog.getByLabel('Name')).toHaveValue(mine)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByRole('button', { name: 'Use mine' }).click()
    await expect(dialog).toBeHidden()
  }

  const names = [unique('Before'), unique('Theirs'), unique('Mine')] as const
  const [before, theirs, mine] = names
  const organization = await api.call<{ id: string }>(ADMIN, 'POST', '/api/admin/organizations', {
    name: before,
  })
  await page.goto(`${place.admin}/users/organizations/${organization.id}`)
  await page.getByRole('button', { name: 'Rename' }).click()
  await dialog.getByLabel('Name').fill(mine)
  await change(api, `/api/admin/organizations/${organization.id}`, { name: theirs })
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await decide(mine, theirs)
  await expect(page.getByRole('heading', { level: 1, name: mine })).toBeVisible()

  const category = await api.call<{ id: string; version: number }>(ADMIN, 'POST', '/api/admin/categories', {
    kind: 'service',
    name: before,
    icon: 'book',
  })
  await page.goto(`${place.admin}/categories`)
  await page.getByRole('button', { name: `Edit “${before}”` }).click()
  await dialog.getByLabel('Name').fill(mine)
  await dialog.getByRole('radio', { name: 'Rocket' }).check({ force: true })
  const path = `/api/admin/categories/${category.id}`
  await api.call(ADMIN, 'PATCH', path, { name: theirs }, category.version)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await decide(mine, theirs)
  const { items } = await api.call<{ items: object[] }>(ADMIN, 'GET', '/api/admin/categories?kind=service')
  expect(items).toContainEqual(expect.objectContaining({ id: category.id, name: mine, icon: 'rocket' }))
})

test('what is typed while a change is being saved is kept, and saved next', async ({
  openSeat,
  place,
  api,
}) => {
  const body = { title: unique('Still writing'), body: 'One.', category: 'Support' }
  const { id } = await api.call<Article>(AGENT, 'POST', '/api/admin/knowledge-base', body)
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/knowledge-base/${id}`)
  await expect(box(page, 'Text')).toHaveValue('One.')
  await page.route(`**/api/admin/knowledge-base/${id}`, async (route) => {
    if (route.request().method() === 'PATCH') await new Promise((next) => setTimeout(next, 700))
    await route.fallback()
  })
  await box(page, 'Text').fill('One. Two.')
  const done = page.waitForResponse((answer) => answer.request().method() === 'PATCH')
  await save(page).click()
  await box(page, 'Text').fill('One. Two. Three.')
  await done
  await expect(page.getByText('Draft saved.')).toBeVisible()
  await expect(box(page, 'Text')).toHaveValue('One. Two. Three.')
  await save(page).click()
  const read = () => api.call<Article>(AGENT, 'GET', `/api/admin/knowledge-base/${id}`)
  await expect.poll(read).toMatchObject({ body: 'One. Two. Three.' })
})
